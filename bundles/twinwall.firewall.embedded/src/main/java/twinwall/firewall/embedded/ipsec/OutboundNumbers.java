/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.ipsec;

/**
 * Sequence numbers to seal with, each once. No number is given before the firewall has promised, to whoever watches the table, that
 * numbers up to some higher one may be used; what follows from a promise that arrived is that every number used is not above it, or above
 * it by no more than {@code allowance} while the next promise was on its way. So whoever takes over from a promise begins behind it, and
 * a promise reaches {@code allowance} further than what is used before the next one is made.
 */
final class OutboundNumbers {

    /** With extended numbers: what the initialization vector has room for. */
    static final long MOST_EXTENDED = (1L << 48) - 1;
    /** Without. */
    static final long MOST = 0xffffffffL;

    private final long most;
    private final int interval;
    private final int allowance;
    private long next = 1;
    private long promised;

    /**
     * None used.
     *
     * @param interval numbers that are used from one promise to the next
     * @param allowance numbers that may be used while a promise is on its way
     */
    OutboundNumbers(boolean extended, int interval, int allowance) {
        this.most = extended ? MOST_EXTENDED : MOST;
        this.interval = interval;
        this.allowance = allowance;
    }

    /** Whether a promise must be made before the next number is taken. */
    boolean promiseDue() {
        return next + allowance > promised && promised < most;
    }

    /** Makes the next promise. It must be reported before a number is taken. */
    long promise() {
        promised = Math.max(promised, Math.min(most, next - 1 + interval + allowance));
        return promised;
    }

    /** The next number, or -1 when there is none left: numbers never begin anew. */
    long take() {
        if (next > promised) {
            return -1;
        }
        return next++;
    }

    /** The other firewall has promised as much. */
    void heard(long number) {
        promised = Math.max(promised, number);
    }

    /** Goes on behind everything that was promised, and makes a promise of its own, which must be reported at once. */
    void takeOver() {
        next = Math.max(next, promised + 1);
        promise();
    }

    /** The highest number used here. */
    long used() {
        return next - 1;
    }

    /** The highest number that may have been used anywhere. */
    long promised() {
        return promised;
    }
}
