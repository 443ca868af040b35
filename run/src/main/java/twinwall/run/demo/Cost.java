/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.demo;

import java.util.BitSet;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a failover cost in packets.
 *
 * @param forwarded packets that arrived in the whole run
 * @param forwardedAfter those of them after the failover
 * @param dropped packets for want of an entry: a firewall that never failed forwards them and this run did not
 * @param notYetDue of those, how many belong to a session that was not due for backup when FW_A died
 * @param connections TCP connections that lost packets
 * @param conversations others that lost packets: UDP, ICMP and so on
 * @param lostPackets up to ten indexes of packets that were dropped and should not have been
 */
record Cost(int forwarded, int forwardedAfter, int dropped, int notYetDue, int connections, int conversations, List<Integer> lostPackets) {

    private static final int SHOWN = 10;

    /** Compares a run with the uninterrupted one. */
    static Cost of(Plan plan, int failPoint, Trial uninterrupted, Trial run, SessionsAtFailure sessions) {
        BitSet dropped = (BitSet) uninterrupted.forwarded().clone();
        dropped.andNot(run.forwarded());
        BitSet notYetDue = new BitSet();
        dropped.stream().filter(packet -> packet >= failPoint && sessions.notYetDue(plan.flow(packet))).forEach(notYetDue::set);
        BitSet lost = (BitSet) dropped.clone();
        lost.andNot(notYetDue);
        List<Flow> hit = dropped.stream().mapToObj(plan::flow).distinct().toList();
        int connections = (int) hit.stream().filter(flow -> flow != null && flow.isTcp()).count();
        return new Cost(run.forwarded().cardinality(), run.forwarded(failPoint, plan.packets()), dropped.cardinality(),
                notYetDue.cardinality(), connections, hit.size() - connections,
                lost.stream().limit(SHOWN).boxed().collect(Collectors.toList()));
    }

    /** Packets that should have arrived and did not. */
    int lost() {
        return dropped - notYetDue;
    }
}
