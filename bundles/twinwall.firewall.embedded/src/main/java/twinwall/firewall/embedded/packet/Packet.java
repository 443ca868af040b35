/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.packet;

import twinwall.firewall.Ip6;

/**
 * What the firewall needs to know of one packet. One object serves all packets of a path, so its fields are open: the reader fills them,
 * the later stages read them. Addresses are two longs; of an IPv4 address the high one is 0 and the low one holds 32 bits.
 */
public final class Packet {

    /** TCP flag. */
    public static final int FIN = 0x01;
    /** TCP flag. */
    public static final int SYN = 0x02;
    /** TCP flag. */
    public static final int RST = 0x04;
    /** TCP flag. */
    public static final int ACK = 0x10;
    /** No window scale option was in the SYN. */
    public static final int NO_SCALE = 15;

    public byte[] bytes;
    /** Where the captured bytes end. */
    public int end;
    /** Where the IP header is. */
    public int ip;
    /** Where the transport header is; of a later fragment, its payload. */
    public int transport;
    /** Where the IP packet ends by its own length, which may lie beyond {@link #end}. */
    public int ipEnd;
    public boolean v6;
    /** Protocol of the upper layer, after IPv6 extension headers. */
    public int protocol;
    public long sourceHigh;
    public long sourceLow;
    public long destinationHigh;
    public long destinationLow;
    /** Source port in the high 16 bits, destination port in the low ones. Echo: the identifier stands for the client's port. */
    public int ports;

    /** The far end of the tunnel that the packet came out of; {@code null} without one. {@link #sourceHigh} is then its hash. */
    public Ip6 softwire;

    public boolean fragment;
    public int fragmentOffset;
    public int fragmentId;
    public boolean moreFragments;
    /** The IPv4 header checksum is zero and was not verified: the sender left it to its hardware. */
    public boolean checksumLeftOut;

    /** ICMP and ICMPv6. */
    public int icmpType;
    public IcmpKind icmpKind;

    /** TCP and the first SCTP chunk. */
    public int flags;
    public int sequence;
    public int acknowledgement;
    public int window;
    public int windowScale;
    /** Data bytes, one more for SYN and one more for FIN. */
    public int segmentLength;
    public int chunkType;
    public int chunkFlags;
    public int verificationTag;
    public int initiateTag;

    /** Source port, or the echo identifier on its way from the client. */
    public int sourcePort() {
        return ports >>> 16;
    }

    /** Destination port, or the echo identifier on its way to the client. */
    public int destinationPort() {
        return ports & 0xffff;
    }

    /** Bytes of the IP packet, by its own length. */
    public int ipLength() {
        return ipEnd - ip;
    }

    /** Whether the TCP flag is set. */
    public boolean has(int flag) {
        return (flags & flag) != 0;
    }

    /** A later fragment has no transport header. */
    public boolean laterFragment() {
        return fragment && fragmentOffset != 0;
    }

    void begin(byte[] frame, int from, int to) {
        bytes = frame;
        end = to;
        ip = from;
        fragment = false;
        moreFragments = false;
        fragmentOffset = 0;
        checksumLeftOut = false;
        ports = 0;
        icmpKind = null;
        softwire = null;
    }
}
