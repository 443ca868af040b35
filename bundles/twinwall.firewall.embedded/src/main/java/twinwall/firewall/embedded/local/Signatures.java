/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.local;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;

/**
 * Finds any of several octet strings in a stream, octet by octet, by one automaton (Aho and Corasick, 1975). Written
 * {@code text; 0x4d5a9000}: text, or octets in hexadecimal, separated by semicolons; at most 1024 octets in all, each at least 4.
 */
final class Signatures {

    private static final int MOST = 1024;
    private static final int SHORTEST = 4;

    private final int[] next;
    private final boolean[] found;

    private Signatures(int[] next, boolean[] found) {
        this.next = next;
        this.found = found;
    }

    /**
     * Reads signatures.
     *
     * @throws IllegalArgumentException when it cannot; the message says what they must be
     */
    static Signatures parse(String text) {
        List<byte[]> all = new ArrayList<>();
        int octets = 0;
        for (String part : text.split(";")) {
            if (!part.isBlank()) {
                byte[] one = octets(part.trim());
                octets += one.length;
                if (one.length < SHORTEST || octets > MOST) {
                    throw new IllegalArgumentException("signatures of at least " + SHORTEST + " octets, at most " + MOST + " in all");
                }
                all.add(one);
            }
        }
        return automaton(all, octets + 1);
    }

    private static byte[] octets(String part) {
        return part.startsWith("0x") ? HexFormat.of().parseHex(part.substring(2)) : part.getBytes(StandardCharsets.UTF_8);
    }

    private static Signatures automaton(List<byte[]> all, int states) {
        int[] next = new int[states * 256];
        Arrays.fill(next, -1);
        boolean[] found = new boolean[states];
        int used = 1;
        for (byte[] one : all) {
            int state = 0;
            for (byte octet : one) {
                int edge = state << 8 | octet & 0xff;
                if (next[edge] < 0) {
                    next[edge] = used++;
                }
                state = next[edge];
            }
            found[state] = true;
        }
        fall(next, found, states);
        return new Signatures(next, found);
    }

    /** Fills in where an octet leads that continues no signature: to the longest end of what was read that begins one. */
    private static void fall(int[] next, boolean[] found, int states) {
        int[] fallback = new int[states];
        Deque<Integer> queue = new ArrayDeque<>();
        queue.add(0);
        while (!queue.isEmpty()) {
            int state = queue.poll();
            for (int octet = 0; octet < 256; octet++) {
                int edge = state << 8 | octet;
                int instead = state == 0 ? 0 : next[fallback[state] << 8 | octet];
                if (next[edge] < 0) {
                    next[edge] = instead;
                } else {
                    fallback[next[edge]] = instead;
                    found[next[edge]] |= found[instead];
                    queue.add(next[edge]);
                }
            }
        }
    }

    /** Whether there are any. */
    boolean any() {
        return found.length > 1;
    }

    /**
     * Reads on.
     *
     * @param state 0 at the beginning, then what the last call gave
     * @return the state afterwards, -1 when a signature was found
     */
    int read(int state, byte[] bytes, int from, int to) {
        int now = state;
        for (int at = from; at < to; at++) {
            now = next[now << 8 | bytes[at] & 0xff];
            if (found[now]) {
                return -1;
            }
        }
        return now;
    }
}
