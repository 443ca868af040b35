/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.local;

import static twinwall.firewall.embedded.packet.Octets.u16;

import twinwall.firewall.embedded.packet.Packet;
import twinwall.firewall.embedded.packet.Protocols;
import twinwall.firewall.embedded.table.AddressKey;

/**
 * Tunnels and sessions of L2TP version 2 (RFC 2661) that pass through the firewall, each end's number of them one entry: learnt from
 * control messages that assign a number and from whatever uses one, forgotten when a message ends them or nothing comes for ten minutes.
 */
final class L2tp {

    private static final int PORT = 1701;
    private static final int IDLE_SECONDS = 600;
    private static final int CONTROL = 0x8000;
    private static final int LENGTH = 0x4000;
    private static final int SEQUENCE = 0x0800;
    private static final int STOP_TUNNEL = 4;
    private static final int STOP_SESSION = 14;
    private static final int MESSAGE_TYPE = 0;
    private static final int ASSIGNED_TUNNEL = 9;
    private static final int ASSIGNED_SESSION = 14;

    private final Recent<AddressKey, Boolean> ends;
    private long malformed;

    L2tp(int most) {
        ends = new Recent<>(most, IDLE_SECONDS);
    }

    int size(long now) {
        return ends.size(now);
    }

    /** Messages that are to or from the port of L2TP and are none. */
    long malformed() {
        return malformed;
    }

    /** Looks at a packet that goes on. */
    void passed(Packet packet, long now) {
        if (packet.protocol != Protocols.UDP || packet.fragment || packet.sourcePort() != PORT && packet.destinationPort() != PORT) {
            return;
        }
        int at = packet.transport + 8;
        int end = Math.min(packet.end, packet.ipEnd);
        if (!message(packet, at, end, now)) {
            malformed++;
        }
    }

    private boolean message(Packet packet, int at, int end, long now) {
        byte[] bytes = packet.bytes;
        if (at + 8 > end) {
            return false;
        }
        int flags = u16(bytes, at);
        boolean control = (flags & CONTROL) != 0;
        int ids = at + ((flags & LENGTH) != 0 ? 4 : 2);
        if ((flags & 0x000f) != 2 || control && (flags & (LENGTH | SEQUENCE)) != (LENGTH | SEQUENCE) || ids + 4 > end) {
            return false;
        }
        int tunnel = u16(bytes, ids);
        int session = u16(bytes, ids + 2);
        int last = control ? Math.min(end, at + u16(bytes, at + 2)) : end;
        int type = control ? attribute(bytes, ids + 8, last, MESSAGE_TYPE) : -1;
        int newTunnel = control ? attribute(bytes, ids + 8, last, ASSIGNED_TUNNEL) : -1;
        int newSession = control ? attribute(bytes, ids + 8, last, ASSIGNED_SESSION) : -1;
        if (type == STOP_TUNNEL) {
            ends.remove(key(packet, false, tunnel, 0));
            ends.remove(key(packet, true, newTunnel, 0));
        } else if (type == STOP_SESSION) {
            ends.remove(key(packet, false, tunnel, session));
            ends.remove(key(packet, true, 0, newSession));
        } else {
            seen(packet, false, tunnel, session, now);
            seen(packet, true, newTunnel, 0, now);
            seen(packet, true, 0, newSession, now);
        }
        return true;
    }

    private void seen(Packet packet, boolean source, int tunnel, int session, long now) {
        if (tunnel > 0) {
            ends.use(key(packet, source, tunnel, 0), now, any -> true);
        }
        if (session > 0) {
            ends.use(key(packet, source, tunnel, session), now, any -> true);
        }
    }

    /** What an end of the packet calls it: a tunnel, or a session, whose numbers are the end's own. */
    private static AddressKey key(Packet packet, boolean source, int tunnel, int session) {
        long number = session > 0 ? 1L << 32 | session : tunnel;
        return new AddressKey(source ? packet.sourceHigh : packet.destinationHigh, source ? packet.sourceLow : packet.destinationLow,
                number);
    }

    /** The number that an attribute holds (RFC 2661, section 4.1), -1 when it is not there or hidden. */
    private static int attribute(byte[] bytes, int from, int end, int wanted) {
        int at = from;
        while (at + 6 <= end) {
            int length = u16(bytes, at) & 0x3ff;
            if (length < 6 || at + length > end) {
                return -1;
            }
            boolean plain = (u16(bytes, at) & 0x4000) == 0 && u16(bytes, at + 2) == 0;
            if (plain && u16(bytes, at + 4) == wanted && length >= 8) {
                return u16(bytes, at + 6);
            }
            at += length;
        }
        return -1;
    }
}
