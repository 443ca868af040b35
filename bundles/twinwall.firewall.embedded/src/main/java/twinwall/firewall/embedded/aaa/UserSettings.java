/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.aaa;

import java.nio.file.Path;

import twinwall.settings.Settings;

/**
 * What the firewall is told about users.
 *
 * @param credentialFile {@code aaa_credential_file}: who may log in, see {@link CredentialFile}; default {@code users}. Relative to the
 *     config folder
 * @param idleTimeoutSeconds {@code aaa_idle_timeout_s}: a user from whom no packet comes for so long is logged out; default 1800
 * @param maxUsers {@code aaa_max_users}: default 100000
 * @param maxAddressesPerUser {@code aaa_max_addresses_per_user}: at how many one user may be online; default 8
 * @param freeTries {@code aaa_free_tries}: failed logins of one address or one user before each further one has to wait, twice as long
 *     every time; default 5
 */
public record UserSettings(Path credentialFile, int idleTimeoutSeconds, int maxUsers, int maxAddressesPerUser, int freeTries) {

    /** Key under which a framework says where the config folder is. */
    public static final String FOLDER = "twinwall.config.dir";

    /** Default of {@code aaa_credential_file}. */
    public static final String DEFAULT_FILE = "users";

    /** From a configuration. */
    public static UserSettings from(Settings from) {
        return new UserSettings(Path.of(from.text(FOLDER, "")).resolve(from.text("aaa_credential_file", DEFAULT_FILE)),
                (int) from.number("aaa_idle_timeout_s", 1, 604_800, 1800), (int) from.number("aaa_max_users", 1, 10_000_000, 100_000),
                (int) from.number("aaa_max_addresses_per_user", 1, 100_000, 8), (int) from.number("aaa_free_tries", 1, 1000, 5));
    }
}
