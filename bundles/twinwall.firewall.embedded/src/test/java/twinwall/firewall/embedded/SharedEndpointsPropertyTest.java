/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import twinwall.firewall.embedded.TestFirewall.Passage;
import twinwall.firewall.embedded.packet.Packet;

/**
 * Two firewalls that share the work never give one public endpoint to two holders, whatever clients send through which of them, however
 * late the copies arrive, and whoever fails and comes back. What is looked at is what comes out: a public endpoint under which one client
 * was seen a moment ago must not become another's, and what is sent to it must not reach another. A client whose packets both firewalls saw
 * before either had heard of the other's has an endpoint of each, and of these it keeps one when the copies meet: it is not looked at.
 */
class SharedEndpointsPropertyTest {

    /** All entries live longer than that without a packet. */
    private static final long HELD_MICROS = 55_000_000;
    private static final String SERVER = "198.51.100.";

    /** A kind of translation under test. */
    enum Kind {
        NAPT(true, "napt_pool", "203.0.113.1-203.0.113.2", "napt_ports", "2000-2023"),
        PORT_BLOCKS(true, "napt_pool", "203.0.113.1-203.0.113.2", "napt_ports", "2000-2047", "napt_port_blocks", "true",
                "napt_port_block_size", "4", "napt_port_block_timeout_s", "70"),
        CAR(true, "napt_pool", "203.0.113.1-203.0.113.3", "napt_ports", "2000-2023", "car_nat_limit", "3", "car_nat_timeout_s", "70"),
        STATIC_MAPPING(true, "rules", "allow inside->outside"),
        NO_PAT(false, "nopat_pool", "203.0.113.1-203.0.113.6", "nopat_timeout_s", "60"),
        THREE_TUPLE(false, "threetuple_pool", "203.0.113.1", "threetuple_ports", "2000-2015", "threetuple_timeout_s", "120"),
        PCP(false, "pcp_address", "10.0.0.1", "pcp_pool", "203.0.113.1", "pcp_ports", "2000-2015", "rules", "allow inside->outside"),
        NAT64(false, "nat64_prefix", "2001:db8:64::/96", "nat64_pool", "203.0.113.1", "nat64_ports", "2000-2015"),
        DS_LITE(false, "dslite_aftr", DsLiteTest.AFTR, "dslite_pool", "203.0.113.1", "dslite_ports", "2000-2015");

        private final boolean perDestination;
        private final String[] settings;

        Kind(boolean perDestination, String... settings) {
            this.perDestination = perDestination;
            this.settings = settings;
        }
    }

    /** The client that was seen under a public endpoint last. */
    private record Seen(String client, long at, int side) {
    }

    private final Map<String, Seen> seen = new HashMap<>();
    /** Where each client was seen last, by client and, when that counts, destination. */
    private final Map<String, String> places = new HashMap<>();
    private final Set<String> ofBoth = new HashSet<>();
    private Random random;
    private Kind kind;
    private FirewallPair pair;
    private int given;
    private int answered;

    @Property(tries = 8, seed = "1", shrinking = ShrinkingMode.OFF)
    void noPublicEndpointHasTwoHolders(@ForAll long seed) {
        for (Kind each : Kind.values()) {
            kind = each;
            random = new Random(seed);
            pair = new FirewallPair(random.nextBoolean(), each.settings);
            seen.clear();
            places.clear();
            ofBoth.clear();
            given = 0;
            answered = 0;
            prepare();
            for (int step = 0; step < 400; step++) {
                step();
            }
            assertThat(given).as(kind + " gives something").isGreaterThan(20);
            assertThat(answered).as(kind + " lets answers in").isGreaterThan(2);
        }
    }

    private void prepare() {
        if (kind == Kind.STATIC_MAPPING) {
            pair.sides[0].command("static-mapping", "add", "inside", "10.0.0.16/29", "outside", "203.0.113.1-203.0.113.1", "ports",
                    "2000-2031");
            pair.settle();
        }
    }

    private void step() {
        int what = random.nextInt(100);
        if (what < 55) {
            outward();
        } else if (what < 75) {
            answer();
        } else if (what < 92) {
            pair.deliver(random, 1 + random.nextInt(6));
        } else if (what < 98) {
            // Copies are late by packets, not by timeouts: an entry's end by age is heard of before its endpoint is another's.
            pair.settle();
            pair.pass(random.nextInt(20));
            pair.settle();
        } else {
            failOrComeBack();
        }
    }

    private int side() {
        int side = random.nextInt(2);
        return pair.alive[side] ? side : 1 - side;
    }

    private void outward() {
        int host = 16 + random.nextInt(8);
        // Routers mostly send a host the same way.
        int side = random.nextInt(10) > 0 && pair.alive[host & 1] ? host & 1 : side();
        int port = 2000 + random.nextInt(8);
        String to = SERVER + (1 + random.nextInt(2));
        if (kind == Kind.PCP && random.nextInt(3) == 0) {
            pair.sides[side].inside(new PcpClient("10.0.0." + host, 1).frame(new PcpClient("10.0.0." + host, 1)
                    .map(17, port, 2000 + random.nextInt(16), "0.0.0.0", 200)));
        }
        Passage passage = pair.sides[side].send(EmbeddedFirewall.INSIDE, packet(host, port, to));
        Packet out = passage.verdict().forwarded() ? Frames.read(passage.frame().bytes) : null;
        if (out == null || !Frames.source(passage.frame().bytes).startsWith("203.0.113.")) {
            return;
        }
        String source = Frames.source(passage.frame().bytes);
        String endpoint = kind == Kind.NO_PAT ? source.split(":")[0] : kind.perDestination ? source + " " + to : source;
        String client = kind == Kind.NO_PAT ? "" + host : host + ":" + port;
        String what = kind.perDestination ? client + " " + to : client;
        String place = places.put(what, endpoint);
        if (ofBoth.contains(what) || place != null && !place.equals(endpoint)) {
            ofBoth.add(what);
            if (place != null && seen.containsKey(place) && seen.get(place).client.equals(client)) {
                seen.remove(place);
            }
            return;
        }
        Seen before = seen.put(endpoint, new Seen(client, pair.sides[side].now, side));
        assertThat(before == null || before.client.equals(client) || pair.sides[side].now - before.at > HELD_MICROS)
                .as("%s: %s is of %s and becomes %s's", kind, endpoint, before, client).isTrue();
        given++;
    }

    private byte[] packet(int host, int port, String to) {
        return switch (kind) {
            case NAT64 -> Frames.udp("2001:db8::" + host, port, "2001:db8:64::c633:640" + to.charAt(to.length() - 1), 53, 1);
            case DS_LITE -> DsLiteTest.tunnelled("2001:db8:0:1::" + host, Frames.udp("10.0.0.1", port, to, 53, 1));
            default -> Frames.udp("10.0.0." + host, port, to, 53, 1);
        };
    }

    /** Somebody answers to where a client was seen, at either firewall. */
    private void answer() {
        if (seen.isEmpty()) {
            return;
        }
        List<String> endpoints = new ArrayList<>(seen.keySet());
        endpoints.sort(null);
        String endpoint = endpoints.get(random.nextInt(endpoints.size()));
        Seen of = seen.get(endpoint);
        String[] end = endpoint.split("[: ]");
        int side = side();
        String from = kind.perDestination ? end[2] : SERVER + (1 + random.nextInt(2));
        int port = kind == Kind.NO_PAT ? 2000 : Integer.parseInt(end[1]);
        byte[] packet = Frames.udp(from, 53, end[0], port, 1);
        Passage passage = pair.sides[side].send(EmbeddedFirewall.OUTSIDE, packet);
        if (!passage.verdict().forwarded() || pair.sides[side].now - of.at > HELD_MICROS) {
            return;
        }
        answered++;
        assertThat(reached(passage.frame().bytes)).as("%s: what is sent to %s, which is %s's", kind, endpoint, of.client)
                .isEqualTo(of.client);
    }

    private String reached(byte[] frame) {
        if (kind == Kind.DS_LITE) {
            int last = Integer.parseInt(String.format("%x", (frame[14 + 38] & 0xff) << 8 | frame[14 + 39] & 0xff));
            return last + ":" + ((frame[14 + 40 + 22] & 0xff) << 8 | frame[14 + 40 + 23] & 0xff);
        }
        Packet packet = Frames.read(frame);
        long host = kind == Kind.NAT64 ? Long.parseLong(Long.toHexString(packet.destinationLow)) : packet.destinationLow & 0xff;
        return kind == Kind.NO_PAT ? "" + host : host + ":" + packet.destinationPort();
    }

    private void failOrComeBack() {
        for (int side = 0; side < 2; side++) {
            if (!pair.alive[side]) {
                int back = side;
                pair.comeBack(back);
                return;
            }
        }
        int dead = random.nextInt(2);
        pair.kill(dead);
        // What only the dead one knew of is lost, and nobody else's any more.
        seen.values().removeIf(each -> each.side == dead);
        places.values().retainAll(seen.keySet());
    }
}
