/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.monitor;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The settings of one monitoring script, with their defaults. Read by {@link ScriptMonitor}. */
@ObjectClassDefinition(name = "Monitoring script", description = "Votes on the role: works while a program ends with exit code 0.")
@interface ScriptConfig {

    @AttributeDefinition(description = "The program and its arguments, separated by blanks, quoted by \" or '. There is no shell. A "
        + "relative path begins in the config folder.")
    String command();

    @AttributeDefinition(description = "Milliseconds until it must have ended, 10 to 4000; then it is killed with its children.")
    int timeout__ms() default 2000;

    @AttributeDefinition(description = "So many failures in a row and the item has failed, 1 to 100.")
    int fall() default 3;

    @AttributeDefinition(description = "So many successes in a row and it works again, 1 to 100.")
    int rise() default 2;
}
