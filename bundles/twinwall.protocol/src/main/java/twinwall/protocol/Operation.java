/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.protocol;

/** One thing to do to the table. Remembers what the firewall itself did to the same entry meanwhile. */
final class Operation {

    private final byte[] key;
    private final long hash;
    private final byte[] value;
    private final byte[] soft;
    private final long stamp;
    private Operation overtakenBy;

    /** {@code value} is null to remove the entry. */
    Operation(byte[] key, long hash, byte[] value, byte[] soft, long stamp) {
        this.key = key;
        this.hash = hash;
        this.value = value;
        this.soft = soft;
        this.stamp = stamp;
    }

    byte[] key() {
        return key;
    }

    long hash() {
        return hash;
    }

    byte[] value() {
        return value;
    }

    byte[] soft() {
        return soft;
    }

    long stamp() {
        return stamp;
    }

    /** The firewall's own later change of this entry, or null. */
    Operation overtakenBy() {
        return overtakenBy;
    }

    void overtakenBy(Operation later) {
        overtakenBy = later;
    }
}
