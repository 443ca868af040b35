/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.ipsec;

import static twinwall.firewall.embedded.packet.Octets.put16;
import static twinwall.firewall.embedded.packet.Octets.u16;
import static twinwall.firewall.embedded.packet.Octets.u8;

import twinwall.firewall.embedded.Frame;
import twinwall.firewall.embedded.packet.Checksums;

/** Where a frame's IP packet lies, and its fields that tunnels look at. Reads what {@code PacketReader} has found sound. */
final class Layers {

    static final int IPV4_HEADER = 20;
    static final int IPV6_HEADER = 40;
    private static final int IPV4_TYPE = 0x0800;
    private static final int IPV6_TYPE = 0x86dd;

    byte[] bytes;
    /** Where the frame begins. */
    int frame;
    /** Where the IP packet begins. */
    int ip;
    /** Where the frame ends. */
    int end;
    boolean v6;

    /** Finds the IP packet in a frame. */
    void of(Frame in) {
        bytes = in.bytes;
        frame = in.offset;
        end = in.offset + in.length;
        ip = frame + 14;
        int type = u16(bytes, frame + 12);
        while (type != IPV4_TYPE && type != IPV6_TYPE && ip + 4 < end) {
            type = u16(bytes, ip + 2);
            ip += 4;
        }
        v6 = type == IPV6_TYPE;
    }

    /** Octets before the IP packet. */
    int linkHeader() {
        return ip - frame;
    }

    /** Octets of the IP packet, by its own length; those of the frame where segmentation offload left it out. */
    int length() {
        int said = u16(bytes, ip + (v6 ? 4 : 2));
        return said == 0 ? end - ip : v6 ? IPV6_HEADER + said : said;
    }

    /** Where the source address is. */
    int source() {
        return ip + (v6 ? 8 : 12);
    }

    /** Where the destination address is. */
    int destination() {
        return ip + (v6 ? 24 : 16);
    }

    /** Whether routers may not cut the packet: IPv6, or IPv4 that says so. */
    boolean whole() {
        return v6 || (u8(bytes, ip + 6) & 0x40) != 0;
    }

    /** DSCP and ECN. */
    int trafficClass() {
        return trafficClass(bytes, ip);
    }

    /** DSCP and ECN of the IP packet at that place. */
    static int trafficClass(byte[] bytes, int ip) {
        return isV6(bytes, ip) ? u16(bytes, ip) >>> 4 & 0xff : u8(bytes, ip + 1);
    }

    /** Whether the IP packet at that place is IPv6. */
    static boolean isV6(byte[] bytes, int ip) {
        return (bytes[ip] & 0xf0) == 0x60;
    }

    /** Time to live, or hop limit. */
    static int hops(byte[] bytes, int ip) {
        return u8(bytes, ip + (isV6(bytes, ip) ? 7 : 8));
    }

    /** One hop less. */
    static void hop(byte[] bytes, int ip) {
        if (isV6(bytes, ip)) {
            bytes[ip + 7]--;
        } else {
            word(bytes, ip, 8, u16(bytes, ip + 8) - 0x100);
        }
    }

    /** Other ECN bits (RFC 3168). */
    static void ecn(byte[] bytes, int ip, int ecn) {
        if (isV6(bytes, ip)) {
            put16(bytes, ip, u16(bytes, ip) & ~0x30 | ecn << 4);
        } else {
            word(bytes, ip, 0, u16(bytes, ip) & ~3 | ecn);
        }
    }

    /** Changes a word of an IPv4 header and its checksum with it, unless that was left to hardware. */
    private static void word(byte[] bytes, int ip, int at, int after) {
        int before = u16(bytes, ip + at);
        put16(bytes, ip + at, after);
        int checksum = u16(bytes, ip + 10);
        if (checksum != 0) {
            put16(bytes, ip + 10, Checksums.update16(checksum, before, after));
        }
    }

    /** Writes the type of what the link header is followed by. */
    static void type(byte[] bytes, int ip, boolean v6) {
        put16(bytes, ip - 2, v6 ? IPV6_TYPE : IPV4_TYPE);
    }

    /** Computes the IPv4 header checksum anew. */
    static void checksum(byte[] bytes, int ip) {
        put16(bytes, ip + 10, 0);
        put16(bytes, ip + 10, Checksums.finish(Checksums.sum(bytes, ip, ip + ((bytes[ip] & 0x0f) << 2))));
    }
}
