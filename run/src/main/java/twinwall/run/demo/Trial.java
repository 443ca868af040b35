/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.demo;

import java.io.IOException;
import java.util.BitSet;
import java.util.Map;
import java.util.TreeMap;

import twinwall.run.capture.CapturedFrame;
import twinwall.run.pair.PacketPath;

/** One run of the capture: what became of each packet. The servers' side is played for each run, since each has its own translations. */
final class Trial {

    /** Counted as a reason of its own: the firewall let the packet out, but under an address that its server does not know. */
    static final String OTHER_ADDRESS = "other-public-address";

    private final Plan plan;
    private final Servers servers = new Servers();
    private final BitSet forwarded = new BitSet();
    private final Map<String, Integer> reasons = new TreeMap<>();

    Trial(Plan plan) {
        this.plan = plan;
    }

    /** Sends the packet with that index through a firewall. */
    void send(int packet, CapturedFrame captured, PacketPath firewall) throws IOException {
        Flow flow = plan.flow(packet);
        int side = plan.side(packet);
        byte[] frame = captured.frame().clone();
        if (side == Plan.OUTSIDE) {
            servers.address(frame, flow);
        }
        PacketPath.Passage passage = firewall.send(captured.timeMicros(), side, frame);
        if (!passage.forwarded()) {
            reasons.merge(passage.reason(), 1, Integer::sum);
        } else if (side == Plan.INSIDE && !servers.hears(passage.frame(), flow)) {
            reasons.merge(OTHER_ADDRESS, 1, Integer::sum);
        } else {
            forwarded.set(packet);
        }
    }

    /** The packets from now on go through the other firewall. */
    void failOver() {
        servers.failOver();
    }

    /** Indexes of packets that arrived. */
    BitSet forwarded() {
        return forwarded;
    }

    /** How many packets arrived from this index on, before that other one. */
    int forwarded(int from, int to) {
        return forwarded.get(from, to).cardinality();
    }

    /** Dropped packets by reason. */
    Map<String, Integer> reasons() {
        return reasons;
    }
}
