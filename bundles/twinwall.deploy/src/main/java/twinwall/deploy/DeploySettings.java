/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.deploy;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

import twinwall.deploy.jar.JarLimits;
import twinwall.settings.Settings;

/**
 * The settings as they are used.
 *
 * @param signers the signers' folder, or null when jars need no signature
 * @param allowedTables types that jars may back up although another bundle does
 * @param allowedSensitive types of sensitive tables that jars may have
 */
record DeploySettings(Path folder, long pollMillis, Path signers, JarLimits limits, long startMillis, long stopMillis, long syncMillis,
        Set<String> allowedTables, Set<String> allowedSensitive) {

    private static final int MIB = 20;

    /** Reads them; paths are relative to {@code home}. */
    static DeploySettings read(Settings settings, Path home) {
        Path signers = settings.flag("require_signature", true) ? home.resolve(settings.text("signers_folder", "signers")) : null;
        JarLimits limits = new JarLimits(settings.number("max_jar_mib", 1, 1024, 16) << MIB,
            (int) settings.number("max_entries", 1, 65_535, 10_000), settings.number("max_unpacked_mib", 1, 4096, 128) << MIB);
        return new DeploySettings(home.resolve(settings.text("folder", "handlers")), settings.number("poll_interval_ms", 100, 60_000, 1000),
            signers, limits, settings.number("start_timeout_ms", 100, 600_000, 30_000),
            settings.number("stop_timeout_ms", 100, 600_000, 10_000), settings.number("sync_timeout_ms", 0, 3_600_000, 120_000),
            types(settings.text("allow_tables", "")), types(settings.text("allow_sensitive", "")));
    }

    private static Set<String> types(String list) {
        return Arrays.stream(list.split(",")).map(String::strip).filter(type -> !type.isEmpty()).collect(Collectors.toSet());
    }
}
