/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.testkit;

/** The limits that an engine refuses entries past, see {@link twinwall.spi.ChangeSink}. */
final class EntryLimits {

    static final int KEY = 1024;
    static final int VALUE = 16384;
    static final int SOFT = 256;

    private EntryLimits() {
    }

    static void check(byte[] key, byte[] value, byte[] soft) {
        checkKey(key);
        if (value.length > VALUE || soft.length > SOFT) {
            throw new IllegalArgumentException("value of " + value.length + " bytes (at most " + VALUE + "), soft facts of "
                    + soft.length + " bytes (at most " + SOFT + ")");
        }
    }

    static void checkKey(byte[] key) {
        if (key.length == 0 || key.length > KEY) {
            throw new IllegalArgumentException("key of " + key.length + " bytes instead of 1 to " + KEY);
        }
    }
}
