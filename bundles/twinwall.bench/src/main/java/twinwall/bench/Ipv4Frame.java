/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.bench;

/** An Ethernet frame with an IPv4 packet (RFC 791) that is written over and over: addresses, then the payload, then the checksums. */
final class Ipv4Frame {

    /** Where the IPv4 header begins. */
    static final int IP = 14;
    /** Where its payload begins. */
    static final int PAYLOAD = IP + 20;

    final byte[] bytes;
    private final int protocol;

    /** {@code payload} bytes, an even number, of that IP protocol. */
    Ipv4Frame(int protocol, int payload) {
        this.protocol = protocol;
        bytes = new byte[PAYLOAD + payload];
        bytes[0] = 2;
        bytes[6] = 2;
        bytes[11] = 1;
        bytes[12] = 0x08;
        bytes[IP] = 0x45;
        put16(IP + 2, bytes.length - IP);
        bytes[IP + 6] = 0x40;
    }

    /** From whom to whom. Also undoes what the last firewall did to the header. */
    void addresses(int from, int to) {
        bytes[IP + 8] = 64;
        bytes[IP + 9] = (byte) protocol;
        put32(IP + 12, from);
        put32(IP + 16, to);
        put16(IP + 10, 0);
        put16(IP + 10, checksum(IP, PAYLOAD, 0));
    }

    /** The checksum of TCP or UDP at that place, over pseudo header and payload (RFC 9293, section 3.1; RFC 768). */
    void transportChecksum(int at) {
        put16(at, 0);
        put16(at, checksum(IP + 12, bytes.length, protocol + bytes.length - PAYLOAD));
    }

    /** The checksum of ICMP (RFC 792), over the payload alone. */
    void icmpChecksum() {
        put16(PAYLOAD + 2, 0);
        put16(PAYLOAD + 2, checksum(PAYLOAD, bytes.length, 0));
    }

    private int checksum(int from, int to, int start) {
        int sum = start;
        for (int at = from; at < to; at += 2) {
            sum += get16(at);
        }
        sum = (sum & 0xffff) + (sum >>> 16);
        sum = (sum & 0xffff) + (sum >>> 16);
        return ~sum & 0xffff;
    }

    int get16(int at) {
        return (bytes[at] & 0xff) << 8 | bytes[at + 1] & 0xff;
    }

    int get32(int at) {
        return get16(at) << 16 | get16(at + 2);
    }

    void put16(int at, int value) {
        bytes[at] = (byte) (value >>> 8);
        bytes[at + 1] = (byte) value;
    }

    void put32(int at, int value) {
        put16(at, value >>> 16);
        put16(at + 2, value);
    }
}
