/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.session;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import twinwall.firewall.embedded.packet.Packet;

/**
 * Finds the flow of a packet, in either direction, by its ends as they are seen where the packet comes in. Every flow also has a
 * numbered place that it keeps while it lives, so that all can be walked in pieces while packets flow. Not safe for threads.
 */
public final class FlowTable {

    private static final int SEGMENTS = 256;
    private static final int PAGE_BITS = 12;
    private static final int PAGE = 1 << PAGE_BITS;

    private final FlowHash hash = new FlowHash();
    private final Segment[] segments = new Segment[SEGMENTS];
    private final List<Flow[]> pages = new ArrayList<>();
    private int[] free = new int[64];
    private int freeCount;
    private int places;
    private int size;
    private int foundDirection;

    public FlowTable() {
        for (int i = 0; i < SEGMENTS; i++) {
            segments[i] = new Segment();
        }
    }

    /** The flow that the packet belongs to, or {@code null}; then {@link #direction} says which way the packet goes. */
    public Flow find(Packet packet) {
        return find(packet.v6, packet.protocol, packet.sourceHigh, packet.sourceLow, packet.destinationHigh, packet.destinationLow,
                packet.ports);
    }

    /** The flow that a packet quoted in an ICMP error belongs to; the direction found is the one the error takes, against that packet. */
    public Flow findQuoted(Packet packet) {
        return find(packet.v6, packet.protocol, packet.destinationHigh, packet.destinationLow, packet.sourceHigh, packet.sourceLow,
                Integer.rotateLeft(packet.ports, 16));
    }

    /** The flow of a packet with these ends. */
    public Flow find(boolean v6, int protocol, long sourceHigh, long sourceLow, long destinationHigh, long destinationLow, int ports) {
        long h = hash.hash(v6, protocol, sourceHigh, sourceLow, destinationHigh, destinationLow, ports);
        Segment segment = segments[(int) (h >>> 56)];
        Flow[] flows = segment.flows;
        int[] tags = segment.tags;
        int mask = flows.length - 1;
        int tag = (int) h & ~1;
        for (int at = tag >>> 1 & mask; flows[at] != null; at = at + 1 & mask) {
            if ((tags[at] & ~1) != tag) {
                continue;
            }
            Flow flow = flows[at];
            int direction = tags[at] & 1;
            boolean same = direction == 0
                    ? flow.clientLow == sourceLow && flow.serverLow == destinationLow && flow.ports == ports
                            && flow.clientHigh == sourceHigh && flow.serverHigh == destinationHigh
                            && flow.protocolNumber() == protocol && flow.v6 == v6
                    : flow.farServerLow() == sourceLow && flow.farClientLow() == destinationLow && flow.farPorts() == ports
                            && flow.farServerHigh() == sourceHigh && flow.farClientHigh() == destinationHigh
                            && flow.farProtocol() == protocol && flow.farV6() == v6;
            if (same) {
                foundDirection = direction;
                return flow;
            }
        }
        return null;
    }

    /** The direction of what was found last. */
    public int direction() {
        return foundDirection;
    }

    /** Whether no flow answers to the ends of this one, in either direction. */
    public boolean isFree(Flow flow) {
        return findNear(flow) == null && findFar(flow) == null;
    }

    /** The flow that answers to the near side of this one, in either direction. */
    Flow findNear(Flow flow) {
        return find(flow.v6, flow.protocolNumber(), flow.clientHigh, flow.clientLow, flow.serverHigh, flow.serverLow, flow.ports);
    }

    /** The flow that answers to the far side of this one, in either direction. */
    Flow findFar(Flow flow) {
        return find(flow.farV6(), flow.farProtocol(), flow.farServerHigh(), flow.farServerLow(), flow.farClientHigh(), flow.farClientLow(),
                flow.farPorts());
    }

    /** Puts a flow in under both directions. Its ends and its translation must not change while it is in. */
    public void add(Flow flow) {
        addTo(forwardHash(flow), 0, flow);
        addTo(reverseHash(flow), 1, flow);
        flow.index = freeCount > 0 ? free[--freeCount] : places++;
        if (flow.index >>> PAGE_BITS == pages.size()) {
            pages.add(new Flow[PAGE]);
        }
        pages.get(flow.index >>> PAGE_BITS)[flow.index & PAGE - 1] = flow;
        size++;
    }

    /** Takes a flow out. */
    public void remove(Flow flow) {
        long forward = forwardHash(flow);
        long reverse = reverseHash(flow);
        segments[(int) (forward >>> 56)].remove((int) forward & ~1, flow);
        segments[(int) (reverse >>> 56)].remove((int) reverse | 1, flow);
        pages.get(flow.index >>> PAGE_BITS)[flow.index & PAGE - 1] = null;
        if (freeCount == free.length) {
            free = Arrays.copyOf(free, freeCount * 2);
        }
        free[freeCount++] = flow.index;
        flow.index = -1;
        size--;
    }

    /** Whether the flow is in. */
    public boolean holds(Flow flow) {
        return flow.index >= 0;
    }

    /** Places there are, used or not: walk from 0 to here. */
    public int places() {
        return places;
    }

    /** The flow at a place, or {@code null}. */
    public Flow at(int place) {
        return pages.get(place >>> PAGE_BITS)[place & PAGE - 1];
    }

    /** How many flows there are. */
    public int size() {
        return size;
    }

    private void addTo(long h, int direction, Flow flow) {
        segments[(int) (h >>> 56)].add((int) h & ~1 | direction, flow);
    }

    private long forwardHash(Flow flow) {
        return hash.hash(flow.v6, flow.protocolNumber(), flow.clientHigh, flow.clientLow, flow.serverHigh, flow.serverLow, flow.ports);
    }

    private long reverseHash(Flow flow) {
        return hash.hash(flow.farV6(), flow.farProtocol(), flow.farServerHigh(), flow.farServerLow(), flow.farClientHigh(),
                flow.farClientLow(), flow.farPorts());
    }
}
