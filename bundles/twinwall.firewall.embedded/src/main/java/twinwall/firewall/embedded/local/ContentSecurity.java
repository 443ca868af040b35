/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.local;

import java.util.function.Predicate;

import twinwall.firewall.SessionState;
import twinwall.firewall.embedded.packet.Octets;
import twinwall.firewall.embedded.packet.Packet;
import twinwall.firewall.embedded.packet.Protocols;
import twinwall.firewall.embedded.session.Flow;

/**
 * Looks for signatures in what sessions carry, each direction one stream, and drops the packets of a session from the one on in which one
 * ends. TCP segments are read in the order of their numbers: one that was read already is not read again, and after a gap reading begins
 * anew behind it, as it does for a session that was begun elsewhere. Fragments are not read.
 */
final class ContentSecurity {

    private static final int IDLE_SECONDS = 3600;

    private final Signatures signatures;
    private final Recent<Flow, Reading> sessions;
    private final Predicate<Flow> here;

    /** How far a session is read. */
    private static final class Reading {

        private final int[] state = new int[2];
        private final int[] expected = new int[2];
        private final boolean[] begun = new boolean[2];
        private boolean matched;
    }

    /**
     * An inspection.
     *
     * @param here whether the session is still in the session table
     */
    ContentSecurity(Signatures signatures, int most, Predicate<Flow> here) {
        this.signatures = signatures;
        this.here = here;
        this.sessions = new Recent<>(most, IDLE_SECONDS);
    }

    /** Whether there is anything to look for. */
    boolean any() {
        return signatures.any();
    }

    int size(long now) {
        return sessions.size(now, here);
    }

    /** Whether the packet of the session may go on. */
    boolean clean(Flow flow, int direction, Packet packet, long now) {
        int from = payload(packet);
        int to = Math.min(packet.end, packet.ipEnd);
        if (packet.protocol == Protocols.TCP && flow.state() == SessionState.NEW) {
            sessions.remove(flow);
        }
        if (from < 0) {
            Reading known = sessions.find(flow);
            return known == null || !known.matched;
        }
        Reading reading = sessions.use(flow, now, any -> new Reading());
        if (reading.matched) {
            return false;
        }
        if (packet.protocol == Protocols.UDP) {
            reading.matched = signatures.read(0, packet.bytes, from, to) < 0;
            return !reading.matched;
        }
        return segment(reading, direction, packet, from, to);
    }

    private boolean segment(Reading reading, int direction, Packet packet, int from, int to) {
        boolean syn = packet.has(Packet.SYN);
        int first = packet.sequence + (syn ? 1 : 0);
        if (syn || !reading.begun[direction] || first - reading.expected[direction] > 0) {
            reading.begun[direction] = true;
            reading.state[direction] = 0;
            reading.expected[direction] = first;
        }
        int known = reading.expected[direction] - first;
        if (from + known >= to) {
            return true;
        }
        int state = signatures.read(reading.state[direction], packet.bytes, from + known, to);
        reading.matched = state < 0;
        reading.state[direction] = Math.max(0, state);
        reading.expected[direction] = first + to - from;
        return !reading.matched;
    }

    private static int payload(Packet packet) {
        if (packet.fragment) {
            return -1;
        }
        return switch (packet.protocol) {
            case Protocols.TCP -> packet.transport + (Octets.u8(packet.bytes, packet.transport + 12) >>> 4 << 2);
            case Protocols.UDP -> packet.transport + 8;
            default -> -1;
        };
    }
}
