/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.protocol;

/** One entry that both firewalls changed while neither knew of the other. */
final class Conflict {

    private final byte[] key;
    private final byte[] mine;
    private final byte[] theirs;
    private int verdict;

    Conflict(byte[] key, byte[] mine, byte[] theirs) {
        this.key = key;
        this.mine = mine;
        this.theirs = theirs;
    }

    byte[] key() {
        return key;
    }

    byte[] mine() {
        return mine;
    }

    byte[] theirs() {
        return theirs;
    }

    /** Positive when mine is further, negative when theirs is, 0 to let the later change win. */
    int verdict() {
        return verdict;
    }

    void verdict(int verdict) {
        this.verdict = verdict;
    }
}
