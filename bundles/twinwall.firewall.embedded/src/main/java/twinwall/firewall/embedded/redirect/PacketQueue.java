/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.redirect;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Packets that wait for the link to the peer, so many and so many octets, no more. Guarded by its owner. */
final class PacketQueue {

    private final Kind kind;
    private final int mostPackets;
    private final int mostBytes;
    private final Deque<PeerPacket> waiting = new ArrayDeque<>();
    private int bytes;

    PacketQueue(Kind kind, int mostPackets, int mostBytes) {
        this.kind = kind;
        this.mostPackets = mostPackets;
        this.mostBytes = mostBytes;
    }

    boolean hasRoom(int octets) {
        return waiting.size() < mostPackets && bytes + octets <= mostBytes;
    }

    void add(PeerPacket packet) {
        waiting.add(packet);
        bytes += packet.frame().length;
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** As many packets as fit into one message, taken out; null without any. */
    PacketMessage next(int mostOctets) {
        if (waiting.isEmpty()) {
            return null;
        }
        List<PeerPacket> packets = new ArrayList<>();
        int octets = PacketMessage.MESSAGE_HEADER;
        while (!waiting.isEmpty() && octets + waiting.peek().octets() <= mostOctets) {
            PeerPacket packet = waiting.poll();
            octets += packet.octets();
            bytes -= packet.frame().length;
            packets.add(packet);
        }
        return new PacketMessage(kind, packets);
    }

    /** Puts what {@link #next} took back in front. */
    void putBack(PacketMessage message) {
        for (int i = message.packets().size() - 1; i >= 0; i--) {
            waiting.addFirst(message.packets().get(i));
            bytes += message.packets().get(i).frame().length;
        }
    }

    /** Everything, taken out. */
    List<PeerPacket> takeAll() {
        List<PeerPacket> all = List.copyOf(waiting);
        waiting.clear();
        bytes = 0;
        return all;
    }
}
