/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static twinwall.firewall.embedded.TestFirewall.entries;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import twinwall.firewall.EntryRefusedException;
import twinwall.firewall.FirewallTable;
import twinwall.firewall.Ipv4Session;
import twinwall.firewall.NoPatMapping;
import twinwall.firewall.PcpMapping;
import twinwall.firewall.ThreeTupleBinding;

/** No public address and port serves two inside endpoints at the same time, on either of two firewalls, whatever happens to them. */
class PublicEndpointsTest {

    private static final String[] SETTINGS = {"threetuple_pool", "203.0.113.1", "threetuple_ports", "4000-4015", "threetuple_sources",
        "10.0.0.0/24", "nopat_pool", "203.0.113.8/30", "nopat_sources", "10.0.1.0/24", "pcp_address", "10.0.0.1", "pcp_pool", "203.0.113.2",
        "pcp_ports", "4000-4007", "rules", "allow inside->outside; allow outside->inside"};
    private static final List<String> TYPES = List.of("nat-3-tuple", "nat-no-pat", "pcp", "ipv4-session");

    private final List<TestFirewall> firewalls = List.of(new TestFirewall(SETTINGS), new TestFirewall(SETTINGS));
    private int active;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void noneIsGivenAwayTwice(long seed) {
        Random random = new Random(seed);
        firewalls.get(1).firewall.setForwarding(false);
        for (int step = 0; step < 3000; step++) {
            TestFirewall one = firewalls.get(active);
            int what = random.nextInt(100);
            if (what < 70) {
                packet(random, one);
            } else if (what < 85) {
                pcp(random, one);
            } else if (what < 92) {
                pass(random.nextInt(200));
            } else if (what < 98) {
                copy(random, one, firewalls.get(1 - active), random.nextBoolean());
            } else {
                takeOver(random.nextInt(3) == 0);
            }
            for (TestFirewall each : firewalls) {
                check(each, "seed " + seed + ", step " + step);
            }
        }
        assertThat(firewalls.get(0).firewall.counters().forwarded()).isPositive();
        assertThat(firewalls.get(1).firewall.counters().forwarded()).isPositive();
    }

    private static void packet(Random random, TestFirewall one) {
        String host = "10.0." + random.nextInt(2) + "." + (10 + random.nextInt(6));
        int port = 4000 + random.nextInt(4);
        String remote = "198.51.100." + random.nextInt(4);
        if (random.nextInt(3) > 0) {
            String to = random.nextInt(8) == 0 ? "203.0.113.1" : remote;
            one.inside(random.nextBoolean() ? Frames.udp(host, port, to, 4000 + random.nextInt(16), 1)
                    : Frames.tcp(host, port, to, 4000 + random.nextInt(16), Frames.SYN, 1, 0, 0));
        } else {
            one.outside(Frames.udp(remote, 53, "203.0.113." + List.of(1, 2, 8, 9).get(random.nextInt(4)), 4000 + random.nextInt(16), 1));
        }
    }

    private static void pcp(Random random, TestFirewall one) {
        PcpClient client = new PcpClient("10.0.0." + (10 + random.nextInt(6)), random.nextInt(2));
        int port = 4000 + random.nextInt(4);
        int suggested = random.nextBoolean() ? 0 : 4000 + random.nextInt(8);
        one.inside(client.frame(random.nextInt(4) == 0 ? client.peer(17, port, suggested, "198.51.100.1", 53, 200)
                : client.map(17, port, suggested, "0.0.0.0", random.nextInt(4) == 0 ? 0 : 200)));
    }

    private void pass(int seconds) {
        firewalls.forEach(each -> each.pass(seconds));
    }

    /** The backup: tables in any order; a partial one loses some entries and leaves what the peer should have forgotten. */
    @SuppressWarnings("unchecked")
    private static void copy(Random random, TestFirewall from, TestFirewall to, boolean partial) {
        List<String> order = new ArrayList<>(TYPES);
        Collections.shuffle(order, random);
        for (String type : order) {
            FirewallTable<Record> target = (FirewallTable<Record>) to.firewall.tables().get(type);
            List<Record> wanted = new ArrayList<>((List<Record>) entries(from.firewall.tables().get(type)));
            Collections.shuffle(wanted, random);
            if (partial) {
                wanted.removeIf(entry -> random.nextInt(4) == 0);
            } else {
                Set<Record> extra = new HashSet<>(entries(target));
                extra.removeAll(wanted);
                extra.forEach(target::forget);
            }
            for (Record entry : wanted) {
                try {
                    target.restore(entry);
                } catch (EntryRefusedException contested) {
                    assertThat(contested.reason()).isEqualTo("endpoint-taken");
                }
            }
        }
    }

    private void takeOver(boolean bothForATime) {
        firewalls.get(active).firewall.setForwarding(bothForATime);
        active = 1 - active;
        firewalls.get(active).firewall.setForwarding(true);
    }

    private static void check(TestFirewall one, String when) {
        Map<String, String> owners = new HashMap<>();
        for (String type : TYPES) {
            for (Record entry : entries(one.firewall.tables().get(type))) {
                if (entry instanceof ThreeTupleBinding binding) {
                    claim(owners, binding.protocol(), binding.outside() + ":" + binding.outsidePort(),
                            binding.inside() + ":" + binding.insidePort(), when);
                } else if (entry instanceof PcpMapping mapping) {
                    claim(owners, mapping.protocol(), mapping.outside() + ":" + mapping.outsidePort(),
                            mapping.inside() + ":" + mapping.insidePort(), when);
                } else if (entry instanceof NoPatMapping mapping) {
                    claim(owners, 0, mapping.outside().toString(), mapping.inside().toString(), when);
                } else if (entry instanceof Ipv4Session session) {
                    claim(owners, session, when);
                }
            }
        }
    }

    private static void claim(Map<String, String> owners, Ipv4Session session, String when) {
        session.translated().ifPresent(end -> claimEnd(owners, session.protocol(), end.toString(),
                session.source() + ":" + session.sourcePort(), when));
        session.real().ifPresent(end -> claimEnd(owners, session.protocol(), session.destination() + ":" + session.destinationPort(),
                end.toString(), when));
    }

    private static void claimEnd(Map<String, String> owners, int protocol, String outside, String inside, String when) {
        if (outside.startsWith("203.0.113.1:") || outside.startsWith("203.0.113.2:")) {
            claim(owners, protocol, outside, inside, when);
        } else {
            claim(owners, 0, outside.split(":")[0], inside.split(":")[0], when);
        }
    }

    private static void claim(Map<String, String> owners, int protocol, String outside, String inside, String when) {
        String before = owners.putIfAbsent(protocol + " " + outside, inside);
        assertThat(before == null || before.equals(inside)).as(when + ": " + outside + " is of " + before + " and of " + inside).isTrue();
    }
}
