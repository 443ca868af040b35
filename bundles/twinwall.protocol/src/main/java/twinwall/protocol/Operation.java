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
    private final long cellBefore;
    private Operation overtakenBy;
    private Entry yielded;
    private volatile boolean done;

    /** {@code value} is null to remove the entry. */
    Operation(byte[] key, long hash, byte[] value, byte[] soft, long stamp, long cellBefore) {
        this.key = key;
        this.hash = hash;
        this.value = value;
        this.soft = soft;
        this.stamp = stamp;
        this.cellBefore = cellBefore;
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

    /** The own state that yields to this one, or null: it is announced again when the handler fails. */
    Entry yielded() {
        return yielded;
    }

    void yielded(Entry own) {
        yielded = own;
    }

    /** What was known of the entry before: it holds again when the handler fails. */
    long cellBefore() {
        return cellBefore;
    }

    /** The handler has taken it. */
    boolean isDone() {
        return done;
    }

    void done() {
        done = true;
    }

    /** The firewall's own later change of this entry, or null. */
    Operation overtakenBy() {
        return overtakenBy;
    }

    void overtakenBy(Operation later) {
        overtakenBy = later;
    }
}
