/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.trials.traffic;

/** A conversation, and since when its session is due for backup and known to be on the peer. Safe for threads. */
final class Held {

    private final Talk talk;
    private final long dueAt = System.nanoTime();
    private volatile long confirmedAt = Long.MAX_VALUE;

    Held(Talk talk) {
        this.talk = talk;
    }

    Talk talk() {
        return talk;
    }

    /** The peer has everything that was due at {@code asked}; that was known at {@code answered}. */
    void confirmed(long asked, long answered) {
        if (dueAt < asked && confirmedAt == Long.MAX_VALUE) {
            confirmedAt = answered;
        }
    }

    /** Nobody has it but the active firewall. */
    void unconfirmed() {
        confirmedAt = Long.MAX_VALUE;
    }

    boolean confirmedBefore(long moment) {
        return confirmedAt < moment;
    }

    boolean dueBefore(long moment) {
        return dueAt < moment;
    }
}
