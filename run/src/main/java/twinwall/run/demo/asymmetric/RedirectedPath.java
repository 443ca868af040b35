/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.demo.asymmetric;

import java.io.IOException;

import twinwall.run.pair.NodeDepartures;
import twinwall.run.pair.NodePackets;
import twinwall.run.pair.PacketPath;

/** The way of packets into one firewall and out of it, or out of the other one, to which it redirects them. */
final class RedirectedPath implements PacketPath {

    private static final String REDIRECTED = "redirected";

    private final NodePackets into;
    private final NodeDepartures outOfTheOther;

    RedirectedPath(NodePackets into, NodeDepartures outOfTheOther) {
        this.into = into;
        this.outOfTheOther = outOfTheOther;
    }

    @Override
    public Passage send(long timeMicros, int side, byte[] frame) throws IOException {
        Passage here = into.send(timeMicros, side, frame);
        if (!here.reason().equals(REDIRECTED)) {
            return here;
        }
        Passage there = outOfTheOther.next();
        return there == null ? here : there;
    }
}
