/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.trials.wiring;

import java.io.IOException;
import java.util.List;

import twinwall.run.node.PairFolder;

/** How two firewalls and the program that sends their packets are joined. */
public interface Wiring extends AutoCloseable {

    /** What it is made of, for people. */
    String name();

    /** Why its cables cannot delay; null when they can. */
    String noDelay();

    /**
     * Whether a cable that is {@link Wire#silence(End) silent} in one direction loses packets, acknowledgements of TCP too, so that TCP
     * soon stops in the other direction as well.
     */
    boolean losesPackets();

    /** Tells a firewall its links and addresses, in its config folder. */
    void tell(End end, PairFolder.Side side) throws IOException;

    /** Words that stand before the command which starts that firewall. */
    List<String> by(End end);

    /** IPv4 address of that firewall's management API and packet port. */
    String host(End end);

    /** The heartbeat links' cables, the one of the first link first. */
    List<Wire> wires();

    @Override
    void close() throws IOException;
}
