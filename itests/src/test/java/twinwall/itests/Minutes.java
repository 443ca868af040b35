/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.itests;

import org.junit.Assume;

/** Tests that take long, because they build projects or start many firewalls: {@code -Dtests.excluded=minutes} leaves them out. */
final class Minutes {

    private Minutes() {
    }

    static boolean excluded() {
        return "minutes".equals(System.getProperty("tests.excluded"));
    }

    /** Skips the test that asks when such are left out. */
    static void assumeWanted() {
        Assume.assumeFalse("left out by -Dtests.excluded=minutes", excluded());
    }
}
