/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.dslite;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** The fragments of one IPv6 packet that have come so far. */
final class Datagram {

    private static final int MOST_PIECES = 64;
    private static final int MOST_OCTETS = 65535;
    private static final int UNKNOWN = -1;

    /** When its first fragment came, micros. */
    final long since;

    private final TreeMap<Integer, byte[]> pieces = new TreeMap<>();
    private int octets;
    private int total = UNKNOWN;
    private boolean spoilt;

    Datagram(long since) {
        this.since = since;
    }

    /** Octets that are kept for it. */
    int octets() {
        return octets;
    }

    /** Whether everything is there. */
    boolean complete() {
        return !spoilt && octets == total;
    }

    /**
     * Adds a fragment; one that is there already counts for nothing. One that contradicts those that came before, by overlap (RFC 5722,
     * section 4) or by length, spoils the whole packet, and what follows of it.
     */
    void add(int offset, byte[] piece, boolean more) {
        if (spoilt || Arrays.equals(piece, pieces.get(offset)) && (more || total == offset + piece.length)) {
            return;
        }
        int end = offset + piece.length;
        if (fits(offset, end, more)) {
            pieces.put(offset, piece);
            octets += piece.length;
            total = more ? total : end;
        } else {
            spoilt = true;
            pieces.clear();
            octets = 0;
        }
    }

    private boolean fits(int offset, int end, boolean more) {
        Map.Entry<Integer, byte[]> before = pieces.floorEntry(offset);
        Integer after = pieces.ceilingKey(offset);
        boolean apart = (before == null || before.getKey() + before.getValue().length <= offset) && (after == null || after >= end);
        boolean length = more ? (end - offset) % 8 == 0 && end > offset && (total == UNKNOWN || end <= total)
                : total == UNKNOWN && (pieces.isEmpty() || pieces.lastKey() + pieces.lastEntry().getValue().length <= end);
        return apart && length && end <= MOST_OCTETS && pieces.size() < MOST_PIECES;
    }

    /** Writes everything, one piece after the other. */
    void write(byte[] to, int at) {
        pieces.forEach((offset, piece) -> System.arraycopy(piece, 0, to, at + offset, piece.length));
    }
}
