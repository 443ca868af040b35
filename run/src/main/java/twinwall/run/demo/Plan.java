/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.demo;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * What is decided about each packet before anything is sent: its flow, and on which side of the firewalls it comes in.
 * Five bytes a packet, so that captures of any length fit.
 */
final class Plan {

    static final int INSIDE = 0;
    static final int OUTSIDE = 1;
    static final int NO_FLOW = -1;

    private final int packets;
    private final int[] flowOf;
    private final BitSet outside;
    private final List<Flow> flows;
    private final List<int[]> datagrams;

    /**
     * Keeps the decisions.
     *
     * @param datagrams index of the first and the last packet of each fragmented datagram
     */
    Plan(int packets, int[] flowOf, BitSet outside, List<Flow> flows, List<int[]> datagrams) {
        this.packets = packets;
        this.flowOf = Arrays.copyOf(flowOf, packets);
        this.outside = outside;
        this.flows = List.copyOf(flows);
        this.datagrams = List.copyOf(datagrams);
    }

    int packets() {
        return packets;
    }

    List<Flow> flows() {
        return flows;
    }

    /** The flow of a packet, null when it belongs to none (ARP, for example). */
    Flow flow(int packet) {
        return flowOf[packet] == NO_FLOW ? null : flows.get(flowOf[packet]);
    }

    /** {@link #INSIDE} for the client's packets, {@link #OUTSIDE} for the others. */
    int side(int packet) {
        return outside.get(packet) ? OUTSIDE : INSIDE;
    }

    /**
     * The first fail point not before {@code wanted} that tears no datagram apart: which datagram a fragment belongs to is not a service
     * table and is not backed up, so a torn one would be counted as a loss that no firewall pair could avoid.
     */
    int failPointFrom(int wanted) {
        int point = Math.min(wanted, packets);
        boolean moved = true;
        while (moved) {
            moved = false;
            for (int[] datagram : datagrams) {
                if (datagram[0] < point && point <= datagram[1]) {
                    point = datagram[1] + 1;
                    moved = true;
                }
            }
        }
        return point;
    }
}
