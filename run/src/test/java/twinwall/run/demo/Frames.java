/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.demo;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** IPv4 packets in Ethernet frames, with right checksums. */
final class Frames {

    static final int SYN = 0x02;
    static final int SYN_ACK = 0x12;
    static final int ACK = 0x10;

    private static final int IP = 14;
    private static final int UPPER = 34;

    private Frames() {
    }

    static byte[] tcp(String source, int sourcePort, String destination, int destinationPort, int flags) {
        byte[] segment = ByteBuffer.allocate(24).putShort((short) sourcePort).putShort((short) destinationPort).putInt(1000).putInt(0)
                .put((byte) 0x50).put((byte) flags).putShort((short) 8192).putInt(0).putInt(0xcafe).array();
        return ip(PacketFacts.TCP, source, destination, segment);
    }

    static byte[] udp(String source, int sourcePort, String destination, int destinationPort) {
        byte[] datagram = ByteBuffer.allocate(13).putShort((short) sourcePort).putShort((short) destinationPort).putShort((short) 13)
                .putShort((short) 0).put("hello".getBytes()).array();
        return ip(PacketFacts.UDP, source, destination, datagram);
    }

    static byte[] icmp(String source, String destination, int type, int identifier) {
        return ip(PacketFacts.ICMP, source, destination, ByteBuffer.allocate(16).put((byte) type).put((byte) 0).putShort((short) 0)
                .putShort((short) identifier).putShort((short) 1).putLong(42).array());
    }

    /** Port unreachable about a frame. */
    static byte[] icmpError(String source, String destination, byte[] about) {
        return ip(PacketFacts.ICMP, source, destination, ByteBuffer.allocate(8 + about.length - IP).put((byte) 3).put((byte) 3)
                .putShort((short) 0).putInt(0).put(about, IP, about.length - IP).array());
    }

    /** The frame as a fragment; what it carries stays as it is. */
    static byte[] fragment(byte[] frame, int id, int offset, boolean more) {
        byte[] fragment = frame.clone();
        ByteBuffer.wrap(fragment).putShort(IP + 4, (short) id).putShort(IP + 6, (short) ((more ? 0x2000 : 0) | offset));
        header(fragment);
        return fragment;
    }

    /** Whether every checksum in the frame is right. */
    static boolean sound(byte[] frame) {
        byte[] summed = frame.clone();
        int protocol = frame[IP + 9];
        int at = UPPER + checksumAt(protocol);
        boolean header = sum(frame, IP, 20, 0) == 0xffff;
        return header && sum(summed, UPPER, frame.length - UPPER, pseudo(summed, protocol)) == 0xffff && at > 0;
    }

    static byte[] ip(int protocol, String source, String destination, byte[] body) {
        byte[] frame = new byte[UPPER + body.length];
        frame[12] = 8;
        ByteBuffer.wrap(frame).put(IP, (byte) 0x45).putShort(IP + 2, (short) (20 + body.length)).put(IP + 8, (byte) 64)
                .put(IP + 9, (byte) protocol).put(IP + 12, address(source)).put(IP + 16, address(destination)).put(UPPER, body);
        header(frame);
        int at = UPPER + checksumAt(protocol);
        ByteBuffer.wrap(frame).putShort(at, (short) ~sum(frame, UPPER, body.length, pseudo(frame, protocol)));
        return frame;
    }

    private static void header(byte[] frame) {
        ByteBuffer.wrap(frame).putShort(IP + 10, (short) 0);
        ByteBuffer.wrap(frame).putShort(IP + 10, (short) ~sum(frame, IP, 20, 0));
    }

    private static int checksumAt(int protocol) {
        return protocol == PacketFacts.TCP ? 16 : protocol == PacketFacts.UDP ? 6 : 2;
    }

    private static int pseudo(byte[] frame, int protocol) {
        return protocol == PacketFacts.ICMP ? 0 : sum(frame, IP + 12, 8, protocol + frame.length - UPPER);
    }

    private static int sum(byte[] bytes, int at, int length, int begin) {
        int sum = begin;
        byte[] padded = Arrays.copyOfRange(bytes, at, at + length + length % 2);
        if (length % 2 == 1) {
            padded[length] = 0;
        }
        for (int i = 0; i < padded.length; i += 2) {
            sum += (padded[i] & 0xff) << 8 | padded[i + 1] & 0xff;
        }
        while (sum > 0xffff) {
            sum = (sum & 0xffff) + (sum >>> 16);
        }
        return sum;
    }

    private static byte[] address(String literal) {
        try {
            return InetAddress.getByName(literal).getAddress();
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(literal, e);
        }
    }
}
