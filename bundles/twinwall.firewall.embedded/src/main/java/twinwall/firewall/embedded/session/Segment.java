/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.session;

/**
 * A part of the flow table: open addressing with linear probing, removal by shifting back. It grows by itself, so that no packet ever
 * waits for the whole table to grow. Each flow is in twice, once for each direction; the lowest bit of a tag is the direction, the rest
 * is of the hash.
 */
final class Segment {

    Flow[] flows = new Flow[16];
    int[] tags = new int[16];
    private int used;

    void add(int tag, Flow flow) {
        if (used * 3 >= flows.length * 2) {
            grow();
        }
        put(tag, flow);
        used++;
    }

    private void put(int tag, Flow flow) {
        int mask = flows.length - 1;
        int at = tag >>> 1 & mask;
        while (flows[at] != null) {
            at = at + 1 & mask;
        }
        flows[at] = flow;
        tags[at] = tag;
    }

    void remove(int tag, Flow flow) {
        int mask = flows.length - 1;
        int at = tag >>> 1 & mask;
        while (flows[at] != flow || tags[at] != tag) {
            if (flows[at] == null) {
                return;
            }
            at = at + 1 & mask;
        }
        used--;
        int hole = at;
        for (int next = hole + 1 & mask; flows[next] != null; next = next + 1 & mask) {
            int home = tags[next] >>> 1 & mask;
            if ((next - home & mask) >= (next - hole & mask)) {
                flows[hole] = flows[next];
                tags[hole] = tags[next];
                hole = next;
            }
        }
        flows[hole] = null;
    }

    private void grow() {
        Flow[] oldFlows = flows;
        int[] oldTags = tags;
        flows = new Flow[oldFlows.length * 2];
        tags = new int[flows.length];
        for (int i = 0; i < oldFlows.length; i++) {
            if (oldFlows[i] != null) {
                put(oldTags[i], oldFlows[i]);
            }
        }
    }
}
