/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.session;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

import twinwall.firewall.embedded.packet.Packet;

/**
 * Which flow the later fragments of a datagram belong to: only the first one has ports (RFC 791, RFC 8200). Bounded in number, oldest
 * forgotten first, and in time. A later fragment that overtakes its first one is dropped, not held: that is rare, and holding would let
 * a stranger fill the memory.
 */
public final class FragmentTable {

    private final int most;
    private final long timeoutMicros;
    private final Map<Datagram, Expected> expected = new LinkedHashMap<>();

    public FragmentTable(int most, int timeoutSeconds) {
        this.most = most;
        this.timeoutMicros = timeoutSeconds * Timeouts.SECOND;
    }

    /** A first fragment went through. */
    public void expect(Packet first, Flow flow, int direction, long now) {
        expireOldest(now);
        if (expected.size() >= most) {
            removeOldest();
        }
        Datagram datagram = Datagram.of(first);
        expected.remove(datagram);
        expected.put(datagram, new Expected(flow, direction, now));
    }

    /** Where a later fragment goes, or {@code null}. */
    public Expected find(Packet later, long now) {
        if (expected.isEmpty()) {
            return null;
        }
        Expected found = expected.get(Datagram.of(later));
        return found == null || now - found.since >= timeoutMicros ? null : found;
    }

    /** How many datagrams are remembered. */
    public int size() {
        return expected.size();
    }

    private void expireOldest(long now) {
        Iterator<Expected> oldest = expected.values().iterator();
        while (oldest.hasNext() && now - oldest.next().since >= timeoutMicros) {
            oldest.remove();
        }
    }

    private void removeOldest() {
        Iterator<Expected> oldest = expected.values().iterator();
        oldest.next();
        oldest.remove();
    }

    /**
     * What is known of a datagram from its first fragment.
     *
     * @param flow may have ended meanwhile
     * @param direction of the flow
     * @param since when the first one was seen, micros
     */
    public record Expected(Flow flow, int direction, long since) {
    }

    /** What the fragments of one datagram have in common. In IPv6 the next header is not part of it (RFC 8200, section 4.5). */
    private record Datagram(long sourceHigh, long sourceLow, long destinationHigh, long destinationLow, int id, int protocol) {

        static Datagram of(Packet packet) {
            return new Datagram(packet.sourceHigh, packet.sourceLow, packet.destinationHigh, packet.destinationLow, packet.fragmentId,
                    packet.v6 ? -1 : packet.protocol);
        }
    }
}
