/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.demo;

/** Changes words of a packet and every checksum they are in, incrementally (RFC 1624), so that a wrong checksum stays wrong. */
final class AddressChange {

    private static final int NONE = -1;

    private final byte[] frame;

    AddressChange(byte[] frame) {
        this.frame = frame;
    }

    /** Readdresses an IPv4 packet to a server's idea of the client: the translated address and port. */
    void destination(PacketFacts facts, int address, int port) {
        int upper = upperChecksum(facts);
        boolean pseudo = !facts.isIcmp();
        put32(facts.ipAt() + 16, address, facts.ipAt() + 10, pseudo ? upper : NONE);
        if (facts.fragment() == PacketFacts.Fragment.LATER) {
            return;
        }
        if (facts.isIcmp()) {
            put16(facts.upperAt() + 4, port, upper, NONE);
        } else if (facts.hasPorts()) {
            put16(facts.upperAt() + 2, port, upper, NONE);
        }
        if (facts.protocol() == PacketFacts.UDP && upper >= 0 && get16(upper) == 0) {
            // Zero would say that there is no checksum (RFC 768).
            set16(upper, 0xffff);
        }
    }

    /** Readdresses an ICMP error to a translated client, and the packet of the client's that it is about. */
    void error(PacketFacts facts, int address, int port) {
        put32(facts.ipAt() + 16, address, facts.ipAt() + 10, NONE);
        int icmp = upperChecksum(facts);
        PacketFacts about = facts.embedded();
        int inner = upperChecksum(about);
        innerPut32(about.ipAt() + 12, address, about.ipAt() + 10, about.isIcmp() ? NONE : inner, icmp);
        if (about.isIcmp()) {
            innerPut16(about.upperAt() + 4, port, inner, icmp);
        } else if (about.hasPorts()) {
            innerPut16(about.upperAt(), port, inner, icmp);
        }
    }

    /** Where the upper layer's checksum is, or {@link #NONE}. SCTP's covers no addresses and ports are left to it. */
    private int upperChecksum(PacketFacts facts) {
        if (facts.fragment() == PacketFacts.Fragment.LATER) {
            return NONE;
        }
        int at = switch (facts.protocol()) {
            case PacketFacts.TCP -> facts.upperAt() + 16;
            case PacketFacts.UDP -> facts.upperAt() + 6;
            case PacketFacts.ICMP -> facts.upperAt() + 2;
            default -> NONE;
        };
        boolean absent = at < 0 || at + 2 > frame.length || facts.protocol() == PacketFacts.UDP && get16(at) == 0;
        return absent ? NONE : at;
    }

    private void put32(int at, int value, int checksum, int second) {
        put16(at, value >>> 16, checksum, second);
        put16(at + 2, value & 0xffff, checksum, second);
    }

    private void put16(int at, int value, int checksum, int second) {
        if (at + 2 > frame.length) {
            return;
        }
        int old = get16(at);
        set16(at, value);
        adjust(checksum, old, value);
        adjust(second, old, value);
    }

    /** What changes inside an error also changes inner checksums, and all of it is in the error's own. */
    private void innerPut32(int at, int value, int header, int transport, int icmp) {
        innerPut16(at, value >>> 16, header, icmp, transport);
        innerPut16(at + 2, value & 0xffff, header, icmp, transport);
    }

    private void innerPut16(int at, int value, int inner, int icmp, int... more) {
        if (at + 2 > frame.length) {
            return;
        }
        int old = get16(at);
        set16(at, value);
        adjust(icmp, old, value);
        adjustInner(inner, old, value, icmp);
        for (int transport : more) {
            adjustInner(transport, old, value, icmp);
        }
    }

    private void adjustInner(int checksum, int old, int value, int icmp) {
        if (checksum >= 0) {
            int before = get16(checksum);
            adjust(checksum, old, value);
            adjust(icmp, before, get16(checksum));
        }
    }

    private void adjust(int checksum, int old, int value) {
        if (checksum < 0) {
            return;
        }
        int sum = (~get16(checksum) & 0xffff) + (~old & 0xffff) + value;
        sum = (sum & 0xffff) + (sum >>> 16);
        sum = (sum & 0xffff) + (sum >>> 16);
        set16(checksum, ~sum & 0xffff);
    }

    private int get16(int at) {
        return (frame[at] & 0xff) << 8 | frame[at + 1] & 0xff;
    }

    private void set16(int at, int value) {
        frame[at] = (byte) (value >> 8);
        frame[at + 1] = (byte) value;
    }
}
