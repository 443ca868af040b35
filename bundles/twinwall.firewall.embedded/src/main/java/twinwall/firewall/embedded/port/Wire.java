/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.port;

/** Numbers that both ends of a packet port share. */
final class Wire {

    static final int MOST_BYTES = 256 * 1024;
    /** A packet may come out in fragments, each with headers of its own. */
    static final int MOST_ANSWER_BYTES = 4 * MOST_BYTES;
    static final int PACKET = 1;
    /** A request without an answer: what leaves on its own, packets of the peer, goes to this connection from now on. */
    static final int OUTLET = 2;
    /** Not an answer: what became of a packet whose answer was {@link #HELD}, or will be; number 0: what leaves on its own. */
    static final int LATE = 2;
    static final int DROPPED = 0;
    static final int FORWARDED = 1;
    /** What becomes of the packet is told later. */
    static final int HELD = 2;
    static final int NO_INTERFACE = 255;
    /** Kind, time and interface in front of a packet. */
    static final int PACKET_HEADER = 10;

    private Wire() {
    }
}
