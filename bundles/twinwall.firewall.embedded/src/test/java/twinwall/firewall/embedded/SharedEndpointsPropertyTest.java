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

    /** The client that was seen under a public endpoint last. */
    private record Seen(String client, String to, long at, int side) {
    }

    private final Map<String, Seen> seen = new HashMap<>();
    /** Where each client was seen last, by client and, when that counts, destination. */
    private final Map<String, String> places = new HashMap<>();
    private final Set<String> ofBoth = new HashSet<>();
    private Random random;
    private SharedEndpoints kind;
    private FirewallPair pair;
    private int given;
    private int answered;

    @Property(tries = 5, seed = "1", shrinking = ShrinkingMode.OFF)
    void noPublicEndpointHasTwoHolders(@ForAll long seed) {
        for (SharedEndpoints each : SharedEndpoints.values()) {
            kind = each;
            random = new Random(seed);
            pair = new FirewallPair(random.nextBoolean(), each.settings);
            seen.clear();
            places.clear();
            ofBoth.clear();
            given = 0;
            answered = 0;
            kind.prepare(pair);
            for (int step = 0; step < 400; step++) {
                step();
            }
            assertThat(given).as(kind + " gives something").isGreaterThan(20);
            assertThat(answered).as(kind + " lets answers in").isGreaterThan(2);
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
        if (kind == SharedEndpoints.PCP && random.nextInt(3) == 0) {
            pair.sides[side].inside(new PcpClient("10.0.0." + host, 1).frame(new PcpClient("10.0.0." + host, 1)
                    .map(17, port, 2000 + random.nextInt(16), "0.0.0.0", 200)));
        }
        Passage passage = pair.sides[side].send(EmbeddedFirewall.INSIDE, kind.outward(host, port, to));
        Packet out = passage.verdict().forwarded() ? Frames.read(passage.frame().bytes) : null;
        if (out == null || !Frames.source(passage.frame().bytes).startsWith("203.0.113.")) {
            return;
        }
        String source = Frames.source(passage.frame().bytes);
        String endpoint = kind == SharedEndpoints.NO_PAT ? source.split(":")[0] : kind.perDestination ? source + " " + to : source;
        String client = kind.client(host, port);
        String what = kind.perDestination ? client + " " + to : client;
        String place = places.put(what, endpoint);
        if (ofBoth.contains(what) || place != null && !place.equals(endpoint)) {
            ofBoth.add(what);
            if (place != null && seen.containsKey(place) && seen.get(place).client.equals(client)) {
                seen.remove(place);
            }
            return;
        }
        Seen before = seen.put(endpoint, new Seen(client, to, pair.sides[side].now, side));
        assertThat(before == null || before.client.equals(client) || pair.sides[side].now - before.at > HELD_MICROS)
                .as("%s: %s is of %s and becomes %s's", kind, endpoint, before, client).isTrue();
        given++;
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
        String from = kind.answeredByAnybody() ? SERVER + (1 + random.nextInt(2)) : of.to;
        Passage passage = kind.answer(pair.sides[side], from, end[0], kind == SharedEndpoints.NO_PAT ? 2000 : Integer.parseInt(end[1]));
        if (!passage.verdict().forwarded() || pair.sides[side].now - of.at > HELD_MICROS) {
            return;
        }
        answered++;
        assertThat(kind.reached(passage.frame().bytes)).as("%s: what is sent to %s, which is %s's", kind, endpoint, of.client)
                .isEqualTo(of.client);
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
