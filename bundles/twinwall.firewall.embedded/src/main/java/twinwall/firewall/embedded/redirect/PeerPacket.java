/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.redirect;

import twinwall.firewall.embedded.Frame;

/**
 * A packet on its way from one firewall to the other.
 *
 * @param in the interface that it came in by
 * @param frame the whole Ethernet frame, as it came in
 */
record PeerPacket(int in, byte[] frame) {

    /** A copy of a frame. */
    static PeerPacket of(int in, Frame frame) {
        byte[] copy = new byte[frame.length];
        System.arraycopy(frame.bytes, frame.offset, copy, 0, frame.length);
        return new PeerPacket(in, copy);
    }

    /** Octets that it takes in a message. */
    int octets() {
        return PacketMessage.PACKET_HEADER + frame.length;
    }
}
