/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.hook;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The settings of one hook script, with their defaults. Read by {@link ScriptHook}. */
@ObjectClassDefinition(name = "Hook script", description = "A program that is run at every change of the role.")
@interface ScriptConfig {

    @AttributeDefinition(description = "The program and its arguments, separated by blanks, quoted by \" or '. There is no shell. A "
        + "relative path begins in the config folder.")
    String command();

    @AttributeDefinition(description = "Milliseconds until it must have ended, 10 to 600000; then it is killed with its children.")
    int timeout__ms() default 10000;
}
