/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.demo;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import twinwall.run.demo.PacketFacts.Fragment;

/**
 * Decides per flow who is the client: the one that sent the flow's first packet. An ICMP error belongs to the flow of the packet that it is
 * about, a fragment to the flow of its datagram's first fragment, also when that comes later.
 */
final class Planner {

    /** A datagram's fragments come within this time, else the identification was used again. */
    private static final long DATAGRAM_MICROS = 2_000_000;
    private static final int MOST_DATAGRAMS = 16384;

    private final Map<Flow.Key, Flow> flowsByKey = new HashMap<>();
    private final List<Flow> flows = new ArrayList<>();
    private final List<int[]> torn = new ArrayList<>();
    private final Map<DatagramKey, Datagram> datagrams = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<DatagramKey, Datagram> eldest) {
            return size() > MOST_DATAGRAMS;
        }
    };
    private final BitSet outside = new BitSet();
    private int[] flowOf = new int[1024];
    private int packets;

    private record DatagramKey(Ip source, Ip destination, int protocol, long id) {
    }

    private static final class Datagram {
        private final int[] span;
        private final List<Integer> waiting = new ArrayList<>();
        private Flow flow;
        private boolean fromOutside;
        private long lastMicros;

        Datagram(int packet) {
            span = new int[] {packet, packet};
        }
    }

    /** Takes the next packet of the capture. */
    void add(long timeMicros, byte[] frame) {
        int packet = packets++;
        if (packet == flowOf.length) {
            flowOf = Arrays.copyOf(flowOf, packet * 2);
        }
        PacketFacts facts = PacketParser.parse(frame);
        if (facts == null) {
            flowOf[packet] = Plan.NO_FLOW;
            return;
        }
        Datagram datagram = facts.fragment() == Fragment.NONE ? null : datagramOf(facts, packet, timeMicros);
        if (facts.fragment() == Fragment.LATER && datagram.flow == null) {
            datagram.waiting.add(packet);
            // Stands until the first fragment is seen; a datagram without one is a flow of its own.
            place(packet, flowOf(facts), false);
            return;
        }
        Flow flow = facts.fragment() == Fragment.LATER ? datagram.flow : flowOf(facts);
        boolean fromOutside = facts.fragment() == Fragment.LATER ? datagram.fromOutside : isFromOutside(flow, facts);
        place(packet, flow, fromOutside);
        if (facts.fragment() == Fragment.FIRST) {
            datagram.flow = flow;
            datagram.fromOutside = fromOutside;
            datagram.waiting.forEach(earlier -> place(earlier, flow, fromOutside));
            datagram.waiting.clear();
        }
    }

    Plan plan() {
        return new Plan(packets, flowOf, outside, flows, torn.stream().filter(span -> span[0] < span[1]).toList());
    }

    private void place(int packet, Flow flow, boolean fromOutside) {
        flowOf[packet] = flow.number();
        outside.set(packet, fromOutside);
    }

    private Flow flowOf(PacketFacts facts) {
        PacketFacts about = facts.embedded() == null ? facts : facts.embedded();
        return flowsByKey.computeIfAbsent(Flow.Key.of(about), key -> {
            Flow flow = Flow.begunBy(about, flows.size());
            flows.add(flow);
            return flow;
        });
    }

    /** An error goes to whoever sent the packet that it is about: to the client it comes from outside. */
    private static boolean isFromOutside(Flow flow, PacketFacts facts) {
        return facts.embedded() == null ? !flow.isFromClient(facts) : flow.isFromClient(facts.embedded());
    }

    private Datagram datagramOf(PacketFacts facts, int packet, long timeMicros) {
        DatagramKey key = new DatagramKey(facts.source(), facts.destination(), facts.protocol(), facts.fragmentId());
        Datagram datagram = datagrams.get(key);
        if (datagram == null || timeMicros - datagram.lastMicros > DATAGRAM_MICROS) {
            datagram = new Datagram(packet);
            datagrams.put(key, datagram);
            torn.add(datagram.span);
        }
        datagram.span[1] = packet;
        datagram.lastMicros = timeMicros;
        return datagram;
    }
}
