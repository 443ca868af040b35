/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.tables.scenario;

import java.util.Map;

/** The one user who may log in at the firewalls of a demonstration. Its password is no secret. */
final class DemoUser {

    static final String NAME = "carol";
    static final String PASSWORD = "twin-wall";

    private static final String LINE = "carol:$2y$09$7BJyDrZezAF2581fZtCjOO6otmK2Bt0LqIre0N6ajDkyVTGhgz0gW:/staff\n";

    private DemoUser() {
    }

    /** The credential file, as {@code run/node user add} makes it, but with a hash that is quick to check. */
    static Map<String, String> files() {
        return Map.of("users", LINE);
    }
}
