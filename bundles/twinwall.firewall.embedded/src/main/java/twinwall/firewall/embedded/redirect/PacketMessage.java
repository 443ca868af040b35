/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.redirect;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Packets as a message for the peer: octets for version and kind, then for each packet one of the interface, two of its length, big-endian,
 * and the frame.
 *
 * @param kind the same for all of them
 */
record PacketMessage(Kind kind, List<PeerPacket> packets) {

    static final int MESSAGE_HEADER = 2;
    static final int PACKET_HEADER = 3;
    private static final int VERSION = 1;

    /** As octets. */
    byte[] written() {
        ByteBuffer into = ByteBuffer.allocate(MESSAGE_HEADER + packets.stream().mapToInt(PeerPacket::octets).sum());
        into.put((byte) VERSION).put((byte) kind.ordinal());
        for (PeerPacket packet : packets) {
            into.put((byte) packet.in()).putShort((short) packet.frame().length).put(packet.frame());
        }
        return into.array();
    }

    /**
     * Reads a message.
     *
     * @param interfaces how many interfaces there are here
     * @return {@code null} when it is none of this version, or contradicts itself
     */
    static PacketMessage read(byte[] message, int interfaces) {
        ByteBuffer from = ByteBuffer.wrap(message);
        if (message.length < MESSAGE_HEADER || from.get() != VERSION) {
            return null;
        }
        int kind = from.get() & 0xff;
        if (kind >= Kind.values().length) {
            return null;
        }
        List<PeerPacket> packets = new ArrayList<>();
        while (from.remaining() >= PACKET_HEADER) {
            int in = from.get() & 0xff;
            int length = from.getShort() & 0xffff;
            if (in >= interfaces || length > from.remaining()) {
                return null;
            }
            packets.add(new PeerPacket(in, Arrays.copyOfRange(message, from.position(), from.position() + length)));
            from.position(from.position() + length);
        }
        return from.hasRemaining() ? null : new PacketMessage(Kind.values()[kind], packets);
    }
}
