/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.itests;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;

/** Ethernet frames with IPv4 or IPv6 in them, with right checksums. */
final class Frames {

    static final int SYN = 0x02;
    static final int RST = 0x04;
    static final int ACK = 0x10;

    private static final int ETHERNET = 14;
    private static final int TCP = 6;
    private static final int UDP = 17;
    private static final int TCP_CHECKSUM = 16;
    private static final int UDP_CHECKSUM = 6;

    private Frames() {
    }

    static byte[] tcp(String from, int fromPort, String to, int toPort, int flags, int sequence, int acknowledgement, int data) {
        ByteBuffer segment = ByteBuffer.allocate(20 + data);
        segment.putShort((short) fromPort).putShort((short) toPort).putInt(sequence).putInt(acknowledgement);
        segment.put((byte) 0x50).put((byte) flags).putShort((short) 65535);
        return ip(from, to, TCP, segment.array(), TCP_CHECKSUM);
    }

    static byte[] udp(String from, int fromPort, String to, int toPort) {
        ByteBuffer datagram = ByteBuffer.allocate(16);
        datagram.putShort((short) fromPort).putShort((short) toPort).putShort((short) datagram.capacity());
        return ip(from, to, UDP, datagram.array(), UDP_CHECKSUM);
    }

    static byte[] echo(String from, String to, int identifier) {
        byte[] message = ByteBuffer.allocate(16).put((byte) 8).put((byte) 0).putShort((short) 0).putShort((short) identifier).array();
        ByteBuffer.wrap(message).putShort(2, (short) ~sum(message, 0, message.length, 0));
        return ip(from, to, 1, message, -1);
    }

    /** The IPv4 source address and port that a frame carries, as {@code 203.0.113.1:1024}. */
    static String source(byte[] frame) {
        ByteBuffer read = ByteBuffer.wrap(frame);
        return (frame[26] & 0xff) + "." + (frame[27] & 0xff) + "." + (frame[28] & 0xff) + "." + (frame[29] & 0xff) + ":"
                + (read.getShort(34) & 0xffff);
    }

    private static byte[] ip(String from, String to, int protocol, byte[] payload, int checksumAt) {
        byte[] source = address(from);
        byte[] destination = address(to);
        if (checksumAt >= 0) {
            int pseudo = sum(source, 0, source.length, sum(destination, 0, destination.length, protocol + payload.length));
            ByteBuffer.wrap(payload).putShort(checksumAt, (short) ~sum(payload, 0, payload.length, pseudo));
        }
        boolean v6 = source.length == 16;
        ByteBuffer frame = ByteBuffer.allocate(ETHERNET + (v6 ? 40 : 20) + payload.length);
        frame.position(12).putShort((short) (v6 ? 0x86dd : 0x0800));
        if (v6) {
            frame.putInt(0x60000000).putShort((short) payload.length).put((byte) protocol).put((byte) 64).put(source).put(destination);
        } else {
            frame.putShort((short) 0x4500).putShort((short) (20 + payload.length)).putInt(0).put((byte) 64).put((byte) protocol);
            frame.putShort((short) 0).put(source).put(destination);
            frame.putShort(ETHERNET + 10, (short) ~sum(frame.array(), ETHERNET, 20, 0));
        }
        return frame.put(payload).array();
    }

    /** The one's complement sum of an even number of octets, or of an odd one with a zero after it (RFC 1071). */
    private static int sum(byte[] octets, int from, int length, int begin) {
        int sum = begin;
        for (int i = 0; i < length; i++) {
            sum += (octets[from + i] & 0xff) << (i % 2 == 0 ? 8 : 0);
        }
        while (sum > 0xffff) {
            sum = (sum & 0xffff) + (sum >>> 16);
        }
        return sum;
    }

    static byte[] address(String literal) {
        try {
            return InetAddress.getByName(literal).getAddress();
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(literal, e);
        }
    }
}
