/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.nat;

import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;

import twinwall.firewall.embedded.DropReason;
import twinwall.firewall.embedded.FirewallSettings;
import twinwall.firewall.embedded.lists.AddressRange;
import twinwall.firewall.embedded.lists.Prefix;
import twinwall.firewall.embedded.packet.Packet;
import twinwall.firewall.embedded.packet.Protocols;
import twinwall.firewall.embedded.rule.Zone;
import twinwall.firewall.embedded.session.Flow;
import twinwall.firewall.embedded.session.FlowTable;

/**
 * Chooses public addresses and ports for clients inside. A client keeps one public address as long as it has a free port (RFC 4787,
 * REQ-2); a port is kept as it is when it is free and allowed. A public port may serve several clients at once as long as they talk to
 * different destinations: what must be unique is the address and port pair as the server sees it, and that is exactly the reverse key of
 * the flow table, so the flow table is also the record of what is taken. The same client, port and destination get the same public port
 * on both firewalls when it is free.
 */
public final class Napt implements NatKind {

    private static final long NONE = -1;

    /** Ports tried per address: a bound on what one packet may cost in a pool that is nearly used up. */
    private static final int MOST_TRIES = 2048;

    private final int[] pool;
    private final int[] sortedPool;
    private final PortRange ports;
    private final Prefix[] sources;
    private final FlowTable table;
    private final BooleanSupplier room;

    /**
     * NAPT as the settings say.
     *
     * @param room whether another mapping may be made
     */
    public Napt(FirewallSettings settings, FlowTable table, BooleanSupplier room) {
        this.table = table;
        this.room = room;
        pool = AddressRange.list(settings.naptPool());
        sortedPool = pool.clone();
        Arrays.sort(sortedPool);
        ports = PortRange.parse(settings.naptPorts());
        List<Prefix> prefixes = Prefix.list4(settings.naptSources());
        sources = prefixes.toArray(new Prefix[0]);
    }

    @Override
    public boolean applies(int fromZone, Packet packet, Flow flow) {
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

    @Override
    public DropReason translate(Packet packet, Flow flow) {
        if (!supports(packet.protocol)) {
            return DropReason.NAPT_UNSUPPORTED;
        }
        if (!room.getAsBoolean()) {
            return DropReason.TABLE_FULL;
        }
        long chosen = choose(packet, flow);
        if (chosen == NONE) {
            return DropReason.NAPT_EXHAUSTED;
        }
        flow.translate((int) (chosen >>> 32), (char) chosen);
        flow.useMapping();
        return null;
    }

    @Override
    public boolean owns(Flow flow) {
        return Arrays.binarySearch(sortedPool, flow.publicAddress) >= 0;
    }

    @Override
    public boolean holds(Flow flow) {
        return flow.isMapping();
    }

    /** Whether the protocol has what can be translated: ports, or an echo identifier. */
    private static boolean supports(int protocol) {
        return protocol == Protocols.TCP || protocol == Protocols.UDP || protocol == Protocols.ICMP;
    }

    /** Address in the high 32 bits and port in the low 16, or {@link #NONE}. */
    private long choose(Packet packet, Flow flow) {
        int client = mix((int) packet.sourceLow);
        for (int i = 0; i < pool.length; i++) {
            int address = pool[Math.floorMod(client + i, pool.length)];
            int port = port(packet, flow, address);
            if (port >= 0) {
                return (long) address << 32 | port;
            }
        }
        return NONE;
    }

    private int port(Packet packet, Flow flow, int address) {
        PortRange range = packet.protocol == Protocols.ICMP ? PortRange.ALL : ports;
        int own = packet.sourcePort();
        if (range.contains(own) && isFree(flow, address, own)) {
            return own;
        }
        int size = range.size();
        int start = Math.floorMod(mix((int) packet.sourceLow * 31 + packet.ports ^ mix((int) flow.farServerLow())), size);
        for (int i = 0; i < Math.min(size, MOST_TRIES); i++) {
            int port = range.first() + (start + i) % size;
            if (isFree(flow, address, port)) {
                return port;
            }
        }
        return -1;
    }

    private boolean isFree(Flow flow, int address, int port) {
        return table.find(false, flow.protocolNumber(), 0, flow.farServerLow(), 0, address & 0xffffffffL,
                flow.farServerPort() << 16 | port) == null;
    }

    private static int mix(int value) {
        int mixed = (value ^ value >>> 16) * 0x7feb352d;
        mixed = (mixed ^ mixed >>> 15) * 0x846ca68b;
        return mixed ^ mixed >>> 16;
    }
}
