/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.local;

import static twinwall.firewall.embedded.packet.Octets.i32;
import static twinwall.firewall.embedded.packet.Octets.u16;

import twinwall.firewall.embedded.packet.Packet;
import twinwall.firewall.embedded.table.AddressKey;

/**
 * Tunnels of GRE (RFC 2784) that pass through the firewall: one for each direction between two addresses and, where there is one, each key
 * (RFC 2890). Shows what is inside to {@link Dsvpn}.
 */
final class Gre {

    private static final int GRE = 47;
    private static final int IDLE_SECONDS = 300;
    private static final int CHECKSUM = 0x8000;
    private static final int KEY = 0x2000;
    private static final int SEQUENCE = 0x1000;
    /** Reserved bits that a receiver must not ignore (RFC 2784, section 2.3), without those that RFC 2890 has given a meaning. */
    private static final int RESERVED = 0x4c00;

    private final Recent<Tunnel, Boolean> tunnels;
    private final Dsvpn dsvpn;
    private long malformed;

    /** One direction of a tunnel. */
    private record Tunnel(AddressKey source, AddressKey destination) {
    }

    Gre(int most, Dsvpn dsvpn) {
        tunnels = new Recent<>(most, IDLE_SECONDS);
        this.dsvpn = dsvpn;
    }

    int size(long now) {
        return tunnels.size(now);
    }

    /** Packets whose GRE header cannot be read, or is of another version. */
    long malformed() {
        return malformed;
    }

    /** Looks at a packet that goes on. */
    void passed(Packet packet, long now) {
        if (packet.protocol != GRE || packet.laterFragment()) {
            return;
        }
        byte[] bytes = packet.bytes;
        int at = packet.transport;
        int end = Math.min(packet.end, packet.ipEnd);
        int flags = at + 4 <= end ? u16(bytes, at) : RESERVED;
        int keyAt = at + 4 + ((flags & CHECKSUM) != 0 ? 4 : 0);
        int inner = keyAt + ((flags & KEY) != 0 ? 4 : 0) + ((flags & SEQUENCE) != 0 ? 4 : 0);
        if ((flags & (RESERVED | 7)) != 0 || inner > end) {
            malformed++;
            return;
        }
        long key = (flags & KEY) != 0 ? 1L << 32 | i32(bytes, keyAt) & 0xffffffffL : 0;
        tunnels.use(new Tunnel(new AddressKey(packet.sourceHigh, packet.sourceLow, key),
                new AddressKey(packet.destinationHigh, packet.destinationLow, 0)), now, any -> true);
        if (!packet.fragment && u16(bytes, at + 2) == Dsvpn.NHRP) {
            dsvpn.message(bytes, inner, end, now);
        }
    }
}
