/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.nat;

import java.util.List;

import twinwall.firewall.embedded.FirewallSettings;
import twinwall.firewall.embedded.lists.AddressRange;
import twinwall.firewall.embedded.lists.Prefix;
import twinwall.firewall.embedded.packet.Packet;
import twinwall.firewall.embedded.packet.Protocols;
import twinwall.firewall.embedded.rule.Zone;
import twinwall.firewall.embedded.session.FlowTable;

/**
 * Chooses public addresses and ports for clients inside. A client keeps one public address as long as it has a free port (RFC 4787,
 * REQ-2); a port is kept as it is when it is free and allowed. A public port may serve several clients at once as long as they talk to
 * different destinations: what must be unique is the address and port pair as the server sees it, and that is exactly the reverse key of
 * the flow table, so the flow table is also the record of what is taken. The same client, port and destination get the same public port
 * on both firewalls when it is free.
 */
public final class Napt {

    /** Result of {@link #choose}: no port is free. */
    public static final long NONE = -1;

    /** Ports tried per address: a bound on what one packet may cost in a pool that is nearly used up. */
    private static final int MOST_TRIES = 2048;

    private final int[] pool;
    private final PortRange ports;
    private final Prefix[] sources;

    public Napt(FirewallSettings settings) {
        pool = AddressRange.list(settings.naptPool());
        ports = PortRange.parse(settings.naptPorts());
        List<Prefix> prefixes = Prefix.list4(settings.naptSources());
        sources = prefixes.toArray(new Prefix[0]);
    }

    /** Whether the source of a packet that begins a session has to be translated. */
    public boolean applies(int fromZone, Packet packet) {
        if (pool.length == 0 || packet.v6 || fromZone != Zone.INSIDE) {
            return false;
        }
        for (Prefix prefix : sources) {
            if (prefix.contains(false, 0, packet.sourceLow)) {
                return true;
            }
        }
        return false;
    }

    /** Whether the protocol has what can be translated: ports, or an echo identifier. */
    public boolean supports(int protocol) {
        return protocol == Protocols.TCP || protocol == Protocols.UDP || protocol == Protocols.ICMP;
    }

    /** Address in the high 32 bits and port in the low 16, or {@link #NONE}. */
    public long choose(FlowTable table, Packet packet) {
        int client = mix((int) packet.sourceLow);
        for (int i = 0; i < pool.length; i++) {
            int address = pool[Math.floorMod(client + i, pool.length)];
            int port = port(table, packet, address);
            if (port >= 0) {
                return (long) address << 32 | port;
            }
        }
        return NONE;
    }

    private int port(FlowTable table, Packet packet, int address) {
        PortRange range = packet.protocol == Protocols.ICMP ? PortRange.ALL : ports;
        int own = packet.sourcePort();
        if (range.contains(own) && isFree(table, packet, address, own)) {
            return own;
        }
        int size = range.size();
        int start = Math.floorMod(mix((int) packet.sourceLow * 31 + packet.ports ^ mix((int) packet.destinationLow)), size);
        for (int i = 0; i < Math.min(size, MOST_TRIES); i++) {
            int port = range.first() + (start + i) % size;
            if (isFree(table, packet, address, port)) {
                return port;
            }
        }
        return -1;
    }

    private static boolean isFree(FlowTable table, Packet packet, int address, int port) {
        return table.find(false, packet.protocol, 0, packet.destinationLow, 0, address & 0xffffffffL, packet.ports << 16 | port) == null;
    }

    private static int mix(int value) {
        int mixed = (value ^ value >>> 16) * 0x7feb352d;
        mixed = (mixed ^ mixed >>> 15) * 0x846ca68b;
        return mixed ^ mixed >>> 16;
    }
}
