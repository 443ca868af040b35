/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.tables.scenario;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;

/** Makes Ethernet frames with IPv4 or IPv6 packets, checksums right, and reads what scenarios ask of them. Addresses are literals. */
public final class Packets {

    /** TCP flag. */
    public static final int FIN = 0x01;
    /** TCP flag. */
    public static final int SYN = 0x02;
    /** TCP flag. */
    public static final int ACK = 0x10;

    /** IP protocol number. */
    public static final int ICMP = 1;
    /** IP protocol number. */
    public static final int TCP = 6;
    /** IP protocol number. */
    public static final int UDP = 17;
    /** IP protocol number. */
    public static final int ICMPV6 = 58;

    private static final int ETHERNET = 14;

    private Packets() {
    }

    /** A TCP segment in an IPv4 or IPv6 packet. */
    public static byte[] tcp(String source, int sourcePort, String destination, int destinationPort, int flags, int sequence,
            int acknowledgement, byte[] data) {
        byte[] segment = ByteBuffer.allocate(20 + data.length).putShort((short) sourcePort).putShort((short) destinationPort)
                .putInt(sequence).putInt(acknowledgement).put((byte) 0x50).put((byte) flags).putShort((short) 32768).putInt(0).put(data)
                .array();
        return ip(TCP, source, destination, segment);
    }

    /** A UDP datagram in an IPv4 or IPv6 packet. */
    public static byte[] udp(String source, int sourcePort, String destination, int destinationPort, byte[] data) {
        byte[] datagram = ByteBuffer.allocate(8 + data.length).putShort((short) sourcePort).putShort((short) destinationPort)
                .putShort((short) (8 + data.length)).putShort((short) 0).put(data).array();
        return ip(UDP, source, destination, datagram);
    }

    /** An IPv4 or IPv6 packet, as the addresses are, with the checksum of TCP, UDP or ICMP in its body set. */
    public static byte[] ip(int protocol, String source, String destination, byte[] body) {
        byte[] from = address(source);
        byte[] to = address(destination);
        byte[] whole = body.clone();
        int at = checksumAt(protocol);
        if (at >= 0) {
            ByteBuffer.wrap(whole).putShort(at, (short) 0);
            int sum = protocol == ICMP ? 0 : sum(from, sum(to, protocol + whole.length));
            int checksum = ~sum(whole, sum) & 0xffff;
            ByteBuffer.wrap(whole).putShort(at, (short) (checksum == 0 && protocol == UDP ? 0xffff : checksum));
        }
        byte[] header = from.length == 4 ? header4(protocol, from, to, whole.length) : header6(protocol, from, to, whole.length);
        return ByteBuffer.allocate(ETHERNET + header.length + whole.length)
                .put(new byte[] {2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 2}).putShort((short) (from.length == 4 ? 0x0800 : 0x86dd))
                .put(header).put(whole).array();
    }

    /** The frame's IP packet, without the Ethernet header. */
    public static byte[] packet(byte[] frame) {
        byte[] packet = new byte[frame.length - ETHERNET];
        System.arraycopy(frame, ETHERNET, packet, 0, packet.length);
        return packet;
    }

    /** Source address of a frame's IP packet. */
    public static String source(byte[] frame) {
        return v6(frame) ? literal(frame, ETHERNET + 8, 16) : literal(frame, ETHERNET + 12, 4);
    }

    /** Destination address of a frame's IP packet. */
    public static String destination(byte[] frame) {
        return v6(frame) ? literal(frame, ETHERNET + 24, 16) : literal(frame, ETHERNET + 16, 4);
    }

    /** Source port of a frame's TCP segment or UDP datagram behind a header without options. */
    public static int sourcePort(byte[] frame) {
        return ByteBuffer.wrap(frame).getShort(upper(frame)) & 0xffff;
    }

    /** Destination port of a frame's TCP segment or UDP datagram behind a header without options. */
    public static int destinationPort(byte[] frame) {
        return ByteBuffer.wrap(frame).getShort(upper(frame) + 2) & 0xffff;
    }

    /** What a frame's UDP datagram carries, behind a header without options. */
    public static byte[] udpData(byte[] frame) {
        int at = upper(frame);
        byte[] data = new byte[(ByteBuffer.wrap(frame).getShort(at + 4) & 0xffff) - 8];
        System.arraycopy(frame, at + 8, data, 0, data.length);
        return data;
    }

    private static int upper(byte[] frame) {
        return ETHERNET + (v6(frame) ? 40 : 20);
    }

    private static boolean v6(byte[] frame) {
        return (frame[ETHERNET] & 0xf0) == 0x60;
    }

    private static byte[] header4(int protocol, byte[] from, byte[] to, int length) {
        ByteBuffer header = ByteBuffer.allocate(20).put((byte) 0x45).put((byte) 0).putShort((short) (20 + length)).putInt(0x4000)
                .put((byte) 64).put((byte) protocol).putShort((short) 0).put(from).put(to);
        header.putShort(10, (short) ~sum(header.array(), 0));
        return header.array();
    }

    private static byte[] header6(int protocol, byte[] from, byte[] to, int length) {
        return ByteBuffer.allocate(40).putInt(0x60000000).putShort((short) length).put((byte) protocol).put((byte) 64).put(from).put(to)
                .array();
    }

    private static int checksumAt(int protocol) {
        return switch (protocol) {
            case TCP -> 16;
            case UDP -> 6;
            case ICMP, ICMPV6 -> 2;
            default -> -1;
        };
    }

    private static int sum(byte[] bytes, int begin) {
        int sum = begin;
        for (int i = 0; i < bytes.length; i++) {
            sum += (bytes[i] & 0xff) << (i % 2 == 0 ? 8 : 0);
        }
        while (sum > 0xffff) {
            sum = (sum & 0xffff) + (sum >>> 16);
        }
        return sum;
    }

    /** An address literal in the form in which this class gives addresses. */
    public static String normal(String address) {
        byte[] octets = address(address);
        return literal(octets, 0, octets.length);
    }

    /** The octets of an address literal. */
    public static byte[] address(String literal) {
        try {
            return InetAddress.getByName(literal).getAddress();
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(literal, e);
        }
    }

    private static String literal(byte[] bytes, int at, int length) {
        byte[] octets = new byte[length];
        System.arraycopy(bytes, at, octets, 0, length);
        try {
            return InetAddress.getByAddress(octets).getHostAddress();
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
