/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;

import twinwall.firewall.embedded.packet.Checksums;
import twinwall.firewall.embedded.packet.Packet;
import twinwall.firewall.embedded.packet.PacketReader;

/** Builds frames for tests, with right checksums. */
public final class Frames {

    public static final int FIN = 1;
    public static final int SYN = 2;
    public static final int RST = 4;
    public static final int PSH = 8;
    public static final int ACK = 16;

    private Frames() {
    }

    public static byte[] tcp(String from, int sourcePort, String to, int destinationPort, int flags, int sequence, int acknowledgement,
            int data) {
        return tcp(from, sourcePort, to, destinationPort, flags, sequence, acknowledgement, 65535, -1, data);
    }

    public static byte[] tcp(String from, int sourcePort, String to, int destinationPort, int flags, int sequence, int acknowledgement,
            int window, int scale, int data) {
        int header = scale >= 0 ? 24 : 20;
        ByteBuffer tcp = ByteBuffer.allocate(header + data);
        tcp.putShort((short) sourcePort).putShort((short) destinationPort).putInt(sequence).putInt(acknowledgement);
        tcp.put((byte) (header / 4 << 4)).put((byte) flags).putShort((short) window).putInt(0);
        if (scale >= 0) {
            tcp.put((byte) 3).put((byte) 3).put((byte) scale).put((byte) 0);
        }
        fill(tcp);
        return ip(from, to, 6, tcp.array(), 16);
    }

    public static byte[] udp(String from, int sourcePort, String to, int destinationPort, int data) {
        ByteBuffer udp = ByteBuffer.allocate(8 + data);
        udp.putShort((short) sourcePort).putShort((short) destinationPort).putShort((short) (8 + data)).putShort((short) 0);
        fill(udp);
        return ip(from, to, 17, udp.array(), 6);
    }

    public static byte[] icmp(String from, String to, int type, int identifier, int sequence, byte[] data) {
        ByteBuffer icmp = ByteBuffer.allocate(8 + data.length);
        icmp.put((byte) type).put((byte) 0).putShort((short) 0).putShort((short) identifier).putShort((short) sequence).put(data);
        return ip(from, to, from.contains(":") ? 58 : 1, icmp.array(), 2);
    }

    /** An ICMP error that quotes the given frame's IP packet, that many octets of it. */
    public static byte[] error(String from, String to, int type, byte[] about, int quote) {
        byte[] quoted = new byte[Math.min(quote, about.length - 14)];
        System.arraycopy(about, 14, quoted, 0, quoted.length);
        return icmp(from, to, type, 0, 0, quoted);
    }

    /** An SCTP packet with one chunk; {@code initiateTag} is used by INIT and INIT-ACK. */
    public static byte[] sctp(String from, int sourcePort, String to, int destinationPort, int tag, int chunk, int chunkFlags,
            int initiateTag) {
        ByteBuffer sctp = ByteBuffer.allocate(32);
        sctp.putShort((short) sourcePort).putShort((short) destinationPort).putInt(tag).putInt(0);
        sctp.put((byte) chunk).put((byte) chunkFlags).putShort((short) 20).putInt(initiateTag);
        return ip(from, to, 132, sctp.array(), -1);
    }

    /** An Ethernet frame with an IP packet; the transport checksum is put at {@code checksumAt} of the payload. */
    public static byte[] ip(String from, String to, int protocol, byte[] payload, int checksumAt) {
        byte[] source = address(from);
        byte[] destination = address(to);
        boolean v6 = source.length == 16;
        if (checksumAt >= 0) {
            long sum = Checksums.sum(payload, 0, payload.length);
            if (protocol != 1) {
                sum += Checksums.sum(source, 0, source.length) + Checksums.sum(destination, 0, destination.length) + protocol
                        + payload.length;
            }
            int checksum = Checksums.finish(sum);
            ByteBuffer.wrap(payload).putShort(checksumAt, (short) (protocol == 17 && checksum == 0 ? 0xffff : checksum));
        }
        ByteBuffer frame = ByteBuffer.allocate(14 + (v6 ? 40 : 20) + payload.length);
        frame.position(12).putShort((short) (v6 ? 0x86dd : 0x0800));
        if (v6) {
            frame.putInt(0x60000000).putShort((short) payload.length).put((byte) protocol).put((byte) 64).put(source).put(destination);
        } else {
            frame.putShort((short) 0x4500).putShort((short) (20 + payload.length)).putShort((short) 0x1234).putShort((short) 0);
            frame.put((byte) 64).put((byte) protocol).putShort((short) 0).put(source).put(destination);
        }
        frame.put(payload);
        return v6 ? frame.array() : headerChecksum(frame.array());
    }

    /** Puts the right IPv4 header checksum in. */
    public static byte[] headerChecksum(byte[] frame) {
        ByteBuffer.wrap(frame).putShort(24, (short) 0);
        ByteBuffer.wrap(frame).putShort(24, (short) Checksums.finish(Checksums.sum(frame, 14, 14 + (frame[14] & 15) * 4)));
        return frame;
    }

    /** The same frame with VLAN tags of these types. */
    public static byte[] tagged(byte[] frame, int... types) {
        ByteBuffer tagged = ByteBuffer.allocate(frame.length + 4 * types.length);
        tagged.put(frame, 0, 12);
        for (int type : types) {
            tagged.putShort((short) type).putShort((short) 7);
        }
        return tagged.put(frame, 12, frame.length - 12).array();
    }

    /** A fragment of an IPv4 frame: payload octets from {@code from} to {@code to}. */
    public static byte[] fragment4(byte[] whole, int id, int from, int to, boolean more) {
        ByteBuffer frame = ByteBuffer.allocate(34 + to - from);
        frame.put(whole, 0, 34).put(whole, 34 + from, to - from);
        frame.putShort(16, (short) (20 + to - from)).putShort(18, (short) id).putShort(20, (short) (from / 8 | (more ? 0x2000 : 0)));
        return headerChecksum(frame.array());
    }

    /** A fragment of an IPv6 frame without extension headers. */
    public static byte[] fragment6(byte[] whole, int id, int from, int to, boolean more) {
        ByteBuffer frame = ByteBuffer.allocate(62 + to - from);
        frame.put(whole, 0, 54).put(whole[20]).put((byte) 0).putShort((short) (from | (more ? 1 : 0))).putInt(id);
        frame.put(whole, 54 + from, to - from);
        return frame.putShort(18, (short) (8 + to - from)).put(20, (byte) 44).array();
    }

    /** Reads a frame; fails when it cannot be read. */
    public static Packet read(byte[] frame) {
        Packet packet = new Packet();
        DropReason reason = new PacketReader().frame(packet, frame, 0, frame.length);
        if (reason != null) {
            throw new AssertionError(reason);
        }
        return packet;
    }

    /** Whether the IPv4 header checksum and the transport checksum are right. */
    public static boolean checksumsRight(byte[] frame) {
        Packet packet = read(frame);
        return !packet.checksumLeftOut && Checksums.transportRight(packet);
    }

    /** Source as {@code 10.0.0.1:80}. */
    public static String source(byte[] frame) {
        Packet packet = read(frame);
        return text(packet.sourceLow) + ":" + packet.sourcePort();
    }

    /** Destination as {@code 10.0.0.1:80}. */
    public static String destination(byte[] frame) {
        Packet packet = read(frame);
        return text(packet.destinationLow) + ":" + packet.destinationPort();
    }

    private static String text(long ip) {
        return (ip >>> 24) + "." + (ip >>> 16 & 255) + "." + (ip >>> 8 & 255) + "." + (ip & 255);
    }

    private static void fill(ByteBuffer buffer) {
        for (int i = 0; buffer.hasRemaining(); i++) {
            buffer.put((byte) (i * 7 + 1));
        }
    }

    public static byte[] address(String text) {
        try {
            return InetAddress.getByName(text).getAddress();
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(text, e);
        }
    }
}
