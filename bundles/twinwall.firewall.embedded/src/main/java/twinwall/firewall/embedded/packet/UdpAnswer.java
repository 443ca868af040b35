/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.packet;

import static twinwall.firewall.embedded.packet.Octets.put16;

/** Builds the frame with which the firewall itself answers an IPv4 UDP packet: back to the sender's MAC address, VLAN tags as they were. */
public final class UdpAnswer {

    private static final int MAC = 6;
    private static final int IP_HEADER = 20;
    private static final int UDP_HEADER = 8;
    private static final int TIME_TO_LIVE = 64;

    private UdpAnswer() {
    }

    /**
     * A frame with that payload and right checksums.
     *
     * @param packet what is answered
     * @param frameAt where its frame begins in {@link Packet#bytes}
     */
    public static byte[] to(Packet packet, int frameAt, byte[] payload) {
        int ip = packet.ip - frameAt;
        int udp = ip + IP_HEADER;
        byte[] frame = new byte[udp + UDP_HEADER + payload.length];
        System.arraycopy(packet.bytes, frameAt, frame, 0, ip);
        System.arraycopy(packet.bytes, frameAt + MAC, frame, 0, MAC);
        System.arraycopy(packet.bytes, frameAt, frame, MAC, MAC);
        frame[ip] = 0x45;
        put16(frame, ip + 2, IP_HEADER + UDP_HEADER + payload.length);
        frame[ip + 8] = TIME_TO_LIVE;
        frame[ip + 9] = Protocols.UDP;
        System.arraycopy(packet.bytes, packet.ip + 16, frame, ip + 12, 4);
        System.arraycopy(packet.bytes, packet.ip + 12, frame, ip + 16, 4);
        put16(frame, ip + 10, Checksums.finish(Checksums.sum(frame, ip, udp)));
        put16(frame, udp, packet.destinationPort());
        put16(frame, udp + 2, packet.sourcePort());
        put16(frame, udp + 4, UDP_HEADER + payload.length);
        System.arraycopy(payload, 0, frame, udp + UDP_HEADER, payload.length);
        long sum = Checksums.sum(frame, ip + 12, frame.length) + Protocols.UDP + UDP_HEADER + payload.length;
        int checksum = Checksums.finish(sum);
        put16(frame, udp + 6, checksum == 0 ? 0xffff : checksum);
        return frame;
    }
}
