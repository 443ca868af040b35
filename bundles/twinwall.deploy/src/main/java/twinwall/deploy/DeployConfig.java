/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.deploy;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Settings of PID {@code twinwall.deploy}, with their defaults. A double underscore here is a single one in the setting. */
@ObjectClassDefinition(name = "Twinwall drop folder", description = "Handlers are installed, updated and removed by putting their jars into"
    + " a folder.")
@interface DeployConfig {

    /** Where the settings are. */
    String PID = "twinwall.deploy";

    @AttributeDefinition(description = "The drop folder. Made when it is missing. Relative to twinwall.config.dir.")
    String folder() default "handlers";

    @AttributeDefinition(description = "The folder is looked at so often, 100 to 60000 ms. A jar that was the same in two looks is"
        + " complete.")
    int poll__interval__ms() default 1000;

    @AttributeDefinition(description = "Take only jars that an allowed signer has signed, every entry of them.")
    boolean require__signature() default true;

    @AttributeDefinition(description = "Folder with the certificates of allowed signers, .crt, .pem or .cer. Relative to"
        + " twinwall.config.dir.")
    String signers__folder() default "signers";

    @AttributeDefinition(description = "A jar may have so many MiB, 1 to 1024.")
    int max__jar__mib() default 16;

    @AttributeDefinition(description = "A jar may have so many entries, 1 to 65535.")
    int max__entries() default 10_000;

    @AttributeDefinition(description = "A jar may have so many MiB when unpacked, 1 to 4096.")
    int max__unpacked__mib() default 128;

    @AttributeDefinition(description = "A bundle may take so long to start, and its handlers to appear, 100 to 600000 ms.")
    int start__timeout__ms() default 30_000;

    @AttributeDefinition(description = "A bundle may take so long to stop, 100 to 600000 ms. One that does not is left behind.")
    int stop__timeout__ms() default 10_000;

    @AttributeDefinition(description = "Tables that were in sync before an update must be so again within so long, 0 to 3600000 ms;"
        + " else the version before comes back.")
    int sync__timeout__ms() default 120_000;

    @AttributeDefinition(description = "Table types, separated by commas, that a jar may back up although another bundle does already.")
    String allow__tables() default "";

    @AttributeDefinition(description = "Types of sensitive tables, separated by commas, that jars may have.")
    String allow__sensitive() default "";
}
