/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.nat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import twinwall.firewall.NatServer;
import twinwall.firewall.embedded.lists.Ip4Range;
import twinwall.firewall.embedded.table.Slot;

/** NAT servers by one of their two sides: by address, protocol and ports. What is in it does not overlap. */
final class ServerIndex {

    private static final int PROTOCOL_BITS = 8;
    private static final int PORT_BITS = 16;

    private final boolean global;
    private final TreeMap<Long, Slot<NatServer>> servers = new TreeMap<>();

    /** By the global side, or by the one inside. */
    ServerIndex(boolean global) {
        this.global = global;
    }

    boolean isEmpty() {
        return servers.isEmpty();
    }

    /** The server with that address, protocol and port, or {@code null}: one port, a range, or the whole address. */
    NatServer find(int protocol, long address, int port) {
        if (servers.isEmpty()) {
            return null;
        }
        Slot<NatServer> whole = servers.get(key(address, 0, 0));
        if (whole != null) {
            return whole.entry();
        }
        Map.Entry<Long, Slot<NatServer>> below = servers.floorEntry(key(address, protocol, port));
        NatServer server = below == null ? null : below.getValue().entry();
        return server != null && address(server) == address && server.protocol() == protocol && port - port(server) < server.ports()
                ? server : null;
    }

    /** Any server with that address, the one with the lowest protocol and port; {@code null} when there is none. */
    NatServer any(long address) {
        Map.Entry<Long, Slot<NatServer>> above = servers.isEmpty() ? null : servers.ceilingEntry(key(address, 0, 0));
        return above == null || address(above.getValue().entry()) != address ? null : above.getValue().entry();
    }

    /** The servers that have one of the addresses. */
    List<Slot<NatServer>> with(Ip4Range range) {
        return List.copyOf(servers.subMap(key(range.first(), 0, 0), key(range.last() + 1, 0, 0)).values());
    }

    /** The servers in the way of that one, with other names. */
    List<NatServer> inTheWay(NatServer server) {
        List<NatServer> found = new ArrayList<>(0);
        long first = key(address(server), 0, 0);
        long last = key(address(server) + 1, 0, 0) - 1;
        if (server.ports() > 0) {
            Slot<NatServer> whole = servers.get(first);
            if (whole != null && !whole.entry().name().equals(server.name())) {
                found.add(whole.entry());
                return found;
            }
            last = key(address(server), server.protocol(), port(server) + server.ports() - 1);
            Map.Entry<Long, Slot<NatServer>> below = servers.floorEntry(key(address(server), server.protocol(), port(server)));
            first = below == null ? first : Math.max(key(address(server), server.protocol(), 0), below.getKey());
        }
        for (Slot<NatServer> each : servers.subMap(first, true, last, true).values()) {
            NatServer other = each.entry();
            boolean apart = server.ports() > 0 && other.ports() > 0
                    && (other.protocol() != server.protocol() || port(other) + other.ports() <= port(server));
            if (!apart && !other.name().equals(server.name())) {
                found.add(other);
            }
        }
        return found;
    }

    void add(Slot<NatServer> slot) {
        servers.put(key(slot.entry()), slot);
    }

    void remove(Slot<NatServer> slot) {
        servers.remove(key(slot.entry()), slot);
    }

    private long address(NatServer server) {
        return (global ? server.global() : server.inside()).bits() & 0xffffffffL;
    }

    private int port(NatServer server) {
        return global ? server.globalPort() : server.insidePort();
    }

    private long key(NatServer server) {
        return key(address(server), server.protocol(), port(server));
    }

    private static long key(long address, int protocol, int port) {
        return (address << PROTOCOL_BITS | protocol) << PORT_BITS | port;
    }
}
