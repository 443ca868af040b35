/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded;

import twinwall.firewall.embedded.TestFirewall.Passage;
import twinwall.firewall.embedded.packet.Packet;

/** A kind of translation by which hosts 16 to 23 inside get public endpoints: how they send, and how they are answered. */
enum SharedEndpoints {
    NAPT(true, "napt_pool", "203.0.113.1-203.0.113.2", "napt_ports", "2000-2023"),
    PORT_BLOCKS(true, "napt_pool", "203.0.113.1-203.0.113.2", "napt_ports", "2000-2047", "napt_port_blocks", "true",
            "napt_port_block_size", "4", "napt_port_block_timeout_s", "70"),
    CAR(true, "napt_pool", "203.0.113.1-203.0.113.3", "napt_ports", "2000-2023", "car_nat_limit", "3", "car_nat_timeout_s", "70"),
    STATIC_MAPPING(true, "rules", "allow inside->outside"),
    NO_PAT(false, "nopat_pool", "203.0.113.1-203.0.113.6", "nopat_timeout_s", "60"),
    THREE_TUPLE(false, "threetuple_pool", "203.0.113.1", "threetuple_ports", "2000-2015", "threetuple_timeout_s", "120"),
    PCP(false, "pcp_address", "10.0.0.1", "pcp_pool", "203.0.113.1", "pcp_ports", "2000-2015", "rules", "allow inside->outside"),
    NAT64(false, "nat64_prefix", "2001:db8:64::/96", "nat64_pool", "203.0.113.1", "nat64_ports", "2000-2015"),
    DS_LITE(false, "dslite_aftr", DsLiteTest.AFTR, "dslite_pool", "203.0.113.1", "dslite_ports", "2000-2015"),
    /** Echo identifiers, which sessions that are never due for backup use. */
    NAPT_ECHO(true, "napt_pool", "203.0.113.1", "icmp_timeout_s", "60"),
    THREE_TUPLE_ECHO(false, "threetuple_pool", "203.0.113.1", "icmp_timeout_s", "60"),
    NAT64_ECHO(false, "nat64_prefix", "2001:db8:64::/96", "nat64_pool", "203.0.113.1", "icmp_timeout_s", "60"),
    DS_LITE_ECHO(false, "dslite_aftr", DsLiteTest.AFTR, "dslite_pool", "203.0.113.1", "icmp_timeout_s", "60"),
    /** Every host is a NAT server, all with the same public address, and begins sessions. */
    NAT_SERVER(true, "rules", "allow inside->outside"),
    /** Every host talks to a NAT server by its public address. */
    HAIRPIN(false, "rules", "allow inside->inside udp " + SharedEndpoints.DIALLED),
    /** The same, and NAPT gives the source. */
    NAPT_HAIRPIN(true, "napt_pool", "203.0.113.1", "napt_ports", "2000-2023",
            "rules", "allow inside->inside udp " + SharedEndpoints.DIALLED);

    private static final String DIALLED = "203.0.113.80";
    private static final String REAL = "10.0.0.200";
    private static final int ECHO = 8;
    private static final int ECHO_REPLY = 0;
    private static final int ECHO_6 = 128;

    /** Whether an endpoint may have several holders that talk to different servers. */
    final boolean perDestination;
    final String[] settings;

    SharedEndpoints(boolean perDestination, String... settings) {
        this.perDestination = perDestination;
        this.settings = settings;
    }

    /** What people add. */
    void prepare(FirewallPair pair) {
        TestFirewall first = pair.sides[0];
        switch (this) {
            case STATIC_MAPPING -> first.command("static-mapping", "add", "inside", "10.0.0.16/29", "outside", "203.0.113.1-203.0.113.1",
                    "ports", "2000-2031");
            case NAT_SERVER -> {
                for (int host = 16; host < 24; host++) {
                    first.command("nat-server", "add", "name", "h" + host, "global", "203.0.113.1", "inside", "10.0.0." + host, "protocol",
                            "tcp", "global_port", "" + (8000 + host));
                }
            }
            case HAIRPIN, NAPT_HAIRPIN -> first.command("nat-server", "add", "name", "real", "global", DIALLED, "inside", REAL, "protocol",
                    "udp", "global_port", "53");
            default -> {
                return;
            }
        }
        pair.settle();
    }

    private boolean echo() {
        return this == NAPT_ECHO || this == THREE_TUPLE_ECHO || this == NAT64_ECHO || this == DS_LITE_ECHO;
    }

    private boolean hairpin() {
        return this == HAIRPIN || this == NAPT_HAIRPIN;
    }

    /** Whether anybody outside reaches the endpoint, not only who was spoken to. */
    boolean answeredByAnybody() {
        return !perDestination && !echo() && !hairpin();
    }

    /** A packet of a host with that port or identifier to a server. */
    byte[] outward(int host, int port, String to) {
        return switch (this) {
            case NAT64 -> Frames.udp("2001:db8::" + host, port, "2001:db8:64::c633:640" + to.charAt(to.length() - 1), 53, 1);
            case NAT64_ECHO -> Frames.icmp("2001:db8::" + host, "2001:db8:64::c633:640" + to.charAt(to.length() - 1), ECHO_6, port, 1,
                    new byte[1]);
            case DS_LITE -> DsLiteTest.tunnelled("2001:db8:0:1::" + host, Frames.udp("10.0.0.1", port, to, 53, 1));
            case DS_LITE_ECHO -> DsLiteTest.tunnelled("2001:db8:0:1::" + host, Frames.icmp("10.0.0.1", to, ECHO, port, 1, new byte[1]));
            case NAPT_ECHO, THREE_TUPLE_ECHO -> Frames.icmp("10.0.0." + host, to, ECHO, port, 1, new byte[1]);
            case HAIRPIN, NAPT_HAIRPIN -> Frames.udp("10.0.0." + host, port, DIALLED, 53, 1);
            default -> Frames.udp("10.0.0." + host, port, to, 53, 1);
        };
    }

    /** Sends an answer of that server to a public endpoint, to that firewall. */
    Passage answer(TestFirewall at, String server, String address, int port) {
        if (hairpin()) {
            return at.send(EmbeddedFirewall.INSIDE, Frames.udp(REAL, 53, address, port, 1));
        }
        return at.send(EmbeddedFirewall.OUTSIDE, echo() ? Frames.icmp(server, address, ECHO_REPLY, port, 1, new byte[1])
                : Frames.udp(server, 53, address, port, 1));
    }

    /** Who sends with that port or identifier. */
    String client(int host, int port) {
        return this == NO_PAT ? "" + host : host + ":" + port;
    }

    /** The client that such an answer goes to. */
    String reached(byte[] frame) {
        if (this == DS_LITE || this == DS_LITE_ECHO) {
            int last = Integer.parseInt(String.format("%x", (frame[14 + 38] & 0xff) << 8 | frame[14 + 39] & 0xff));
            int field = 14 + 40 + (this == DS_LITE ? 22 : 24);
            return last + ":" + ((frame[field] & 0xff) << 8 | frame[field + 1] & 0xff);
        }
        Packet packet = Frames.read(frame);
        boolean v6 = this == NAT64 || this == NAT64_ECHO;
        int host = (int) (v6 ? Long.parseLong(Long.toHexString(packet.destinationLow)) : packet.destinationLow & 0xff);
        return client(host, packet.destinationPort());
    }
}
