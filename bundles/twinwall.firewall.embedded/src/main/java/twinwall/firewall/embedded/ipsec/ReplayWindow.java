/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.ipsec;

import java.util.Arrays;

/**
 * Which sequence numbers were received: a window behind the highest one (RFC 4303, section 3.4.3) in a ring of words that need no
 * shifting (RFC 6479). Numbers are from 1 to 2^63 - 1.
 */
final class ReplayWindow {

    private final int size;
    private final long[] words;
    private final int mask;
    private long top;

    /** Nothing received. {@code size} is 64 to 4096. */
    ReplayWindow(int size) {
        this.size = size;
        // One word more than the window fills, because that of the highest number is only partly used; then a power of two.
        words = new long[Integer.highestOneBit((size + 63) / 64) * 2];
        mask = words.length - 1;
    }

    /** Whether the number may be accepted: not seen, and not too old. */
    boolean fresh(long number) {
        if (number <= 0) {
            return false;
        }
        return number > top || top - number < size && (words[word(number)] & bit(number)) == 0;
    }

    /** The number was accepted. */
    void mark(long number) {
        if (number > top) {
            long steps = Math.min((number >>> 6) - (top >>> 6), words.length);
            for (long step = 1; step <= steps; step++) {
                words[(int) ((top >>> 6) + step) & mask] = 0;
            }
            top = number;
        }
        words[word(number)] |= bit(number);
    }

    /** Everything up to the number counts as received. */
    void refuseUpTo(long edge) {
        if (edge > top) {
            Arrays.fill(words, -1);
            words[word(edge)] = -1L >>> 63 - (edge & 63);
            top = edge;
        } else {
            for (long number = Math.max(1, top - size + 1); number <= edge; number++) {
                words[word(number)] |= bit(number);
            }
        }
    }

    /** The highest number received. */
    long top() {
        return top;
    }

    /** The whole number of which a packet carries the low 32 bits (RFC 4303, appendix A2.2); not above 0 when there is none. */
    long whole(int low32) {
        long low = low32 & 0xffffffffL;
        long high = top >>> 32;
        long bottom = (top & 0xffffffffL) - size + 1;
        if (bottom >= 0) {
            return (low >= bottom ? high : high + 1) << 32 | low;
        }
        return low >= bottom + (1L << 32) ? high - 1 << 32 | low : high << 32 | low;
    }

    private int word(long number) {
        return (int) (number >>> 6) & mask;
    }

    private static long bit(long number) {
        return 1L << (number & 63);
    }
}
