/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.nat;

import twinwall.firewall.embedded.session.Flow;
import twinwall.firewall.embedded.session.FlowTable;

/**
 * Finds a port of a public address that is free towards the flow's destination. A public port may serve several clients at once as long
 * as they talk to different destinations: what must be unique is the address and port pair as the server sees it, and that is exactly the
 * reverse key of the flow table, so the flow table is also the record of what is taken.
 */
class PortPicker {

    static final int NONE = -1;

    /** Ports tried at a time: a bound on what one packet may cost in a range that is nearly used up. */
    static final int MOST_TRIES = 2048;

    private final FlowTable table;

    PortPicker(FlowTable table) {
        this.table = table;
    }

    /** The client's own port when it is in the range and free, else another free one of the range; {@link #NONE} when none was found. */
    int pick(Flow flow, int address, int first, int size) {
        if (size <= 0) {
            return NONE;
        }
        int own = flow.ports >>> 16;
        if (own >= first && own - first < size && isFree(flow, address, own)) {
            return own;
        }
        int start = Math.floorMod(AddressPool.mix((int) flow.clientLow * 31 + flow.ports ^ AddressPool.mix((int) flow.farServerLow())),
                size);
        for (int i = 0; i < Math.min(size, MOST_TRIES); i++) {
            int port = first + (start + i) % size;
            if (isFree(flow, address, port)) {
                return port;
            }
        }
        return NONE;
    }

    /** Whether no session towards the same destination has the port. */
    boolean isFree(Flow flow, int address, int port) {
        return table.find(false, flow.farProtocol(), flow.farServerHigh(), flow.farServerLow(), 0, address & 0xffffffffL,
                flow.farServerPort() << 16 | port) == null;
    }
}
