/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.engine;

/**
 * Picks calls by chance, one in so many on average, so that no rhythm of the calls gets in step with it. Any thread: it takes no lock, and
 * what threads lose of its count only changes which call is picked.
 */
final class Chance {

    private final int every;
    private int left = 1;
    private int random = 0x9e3779b9;

    /** Picks one in {@code every} calls on average: the next one after 1 to {@code 2 * every - 1}, each equally likely. */
    Chance(int every) {
        this.every = every;
    }

    /** Whether this call is picked. */
    boolean picks() {
        if (--left > 0) {
            return false;
        }
        // Xorshift (Marsaglia, 2003): the low bits are good enough here.
        int next = random;
        next ^= next << 13;
        next ^= next >>> 17;
        next ^= next << 5;
        random = next;
        left = 1 + Integer.remainderUnsigned(next, 2 * every - 1);
        return true;
    }
}
