/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.protocol;

import java.util.Arrays;

/**
 * One entry's new state, as it travels.
 *
 * @param value null when the entry was removed
 * @param soft facts that do not make two values different; empty when there are none
 * @param stamp when and where this state came about
 */
public record Entry(byte[] key, byte[] value, byte[] soft, long stamp) {

    static final byte[] NOTHING = new byte[0];

    /** Whether the entry was removed. */
    public boolean removed() {
        return value == null;
    }

    boolean sameContent(Pending other) {
        return Arrays.equals(value, other.value);
    }
}
