/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.demo;

import java.io.IOException;

/** A firewall that packets are sent through, in this process or in another one. */
interface PacketPath {

    /**
     * Sends one packet.
     *
     * @param side {@link Plan#INSIDE} or {@link Plan#OUTSIDE}
     * @param frame Ethernet; may be changed
     */
    Passage send(long timeMicros, int side, byte[] frame) throws IOException;

    /**
     * What became of a packet.
     *
     * @param reason why it was dropped, empty when it was forwarded
     * @param frame as it came out; null when it was dropped
     */
    record Passage(boolean forwarded, String reason, byte[] frame) {
    }
}
