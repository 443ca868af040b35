/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.hook;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The settings of one file that holds the role, with their defaults. Read by {@link FileHook}. */
@ObjectClassDefinition(name = "Role file", description = "A file that holds the role, replaced in one step at every change.")
@interface FileConfig {

    @AttributeDefinition(description = "The file. Its folder is made when it is missing. A relative path begins in the config folder.")
    String role__file() default "/run/twinwall/role";

    @AttributeDefinition(description = "What it holds: name, the role in a word; or number, 1 in a role that forwards and else 0, for "
        + "keepalived's track_file.")
    String format() default "name";
}
