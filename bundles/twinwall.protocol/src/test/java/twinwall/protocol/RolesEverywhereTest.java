/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static twinwall.group.Role.ACTIVE;
import static twinwall.group.Role.INITIALIZING;
import static twinwall.group.Role.LOAD_BALANCING;
import static twinwall.group.Role.STANDBY;

import java.util.List;

import org.junit.jupiter.api.Test;
import twinwall.group.Networking;
import twinwall.group.Role;

/** Every own role with every role of the peer, priorities, items, readiness and time: what a firewall does by itself, against a table. */
class RolesEverywhereTest {

    private static final long HELLO = 100;
    private static final HelloTiming HELLOS = new HelloTiming(new Hellos(HELLO, 3));
    private static final long DELAY = 1000;
    private static final List<Integer> PRIORITIES = List.of(44_997, 44_998, 44_999, 45_000, 45_001);

    private long now = 10_000;
    private int cases;

    @Test
    void aHelloAndTimeDecideAsTheTableSays() {
        for (String name : List.of("fw-a", "fw-b")) {
            for (Role own : Role.values()) {
                for (Role peer : Role.values()) {
                    for (int priority : PRIORITIES) {
                        for (boolean ready : List.of(true, false)) {
                            for (boolean aware : List.of(true, false)) {
                                for (long elapsed : List.of(0L, 2 * HELLO - 1, 2 * HELLO, 3 * HELLO)) {
                                    decides(name, own, peer, priority, ready, aware, elapsed);
                                }
                            }
                        }
                    }
                }
            }
        }
        assertThat(cases).isEqualTo(2 * 4 * 4 * 5 * 2 * 2 * 4);
    }

    private void decides(String name, Role own, Role peer, int priority, boolean ready, boolean aware, long elapsed) {
        cases++;
        Roles roles = in(own, settings(name, RoleSettings.DEFAULT));
        roles.heard(new PeerHello(5, peer, 0, null, 0, priority, 0, ready, ready, false, aware), now);
        roles.tick(now + elapsed);
        boolean wins = priority < 45_000 || priority == 45_000 && name.equals("fw-a");
        assertThat(roles.role()).as("%s %s, peer %s with %d, ready %s, aware %s, after %d ms", name, own, peer, priority, ready, aware,
                elapsed).isEqualTo(expected(own, peer, wins, aware, elapsed));
    }

    private static Role expected(Role own, Role peer, boolean wins, boolean aware, long elapsed) {
        if (elapsed >= 3 * HELLO) {
            return ACTIVE;
        }
        boolean long2 = elapsed >= 2 * HELLO;
        return switch (own + " " + peer) {
            case "INITIALIZING ACTIVE" -> STANDBY;
            case "INITIALIZING INITIALIZING" -> wins && aware ? ACTIVE : INITIALIZING;
            case "STANDBY INITIALIZING", "LOAD_BALANCING INITIALIZING" -> ACTIVE;
            case "STANDBY STANDBY" -> long2 && wins ? ACTIVE : STANDBY;
            case "LOAD_BALANCING STANDBY" -> long2 ? ACTIVE : LOAD_BALANCING;
            case "LOAD_BALANCING ACTIVE" -> aware ? STANDBY : LOAD_BALANCING;
            case "ACTIVE ACTIVE" -> wins || !aware ? ACTIVE : STANDBY;
            default -> own;
        };
    }

    @Test
    void whatIsHandedOverByItselfIsAsTheTableSays() {
        for (Networking networking : Networking.values()) {
            for (boolean preemption : List.of(true, false)) {
                for (Role own : Role.values()) {
                    for (Role peer : Role.values()) {
                        for (int priority : PRIORITIES) {
                            for (int items : List.of(0, 1, 2)) {
                                for (int peersItems : List.of(0, 1, 2)) {
                                    for (boolean ready : List.of(true, false)) {
                                        for (long elapsed : List.of(0L, DELAY - 1, DELAY)) {
                                            hands(new RoleSettings(networking, preemption, DELAY), own, peer, priority, items, peersItems,
                                                    ready, elapsed);
                                        }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
        assertThat(cases).isEqualTo(2 * 2 * 4 * 4 * 5 * 3 * 3 * 2 * 3);
    }

    private void hands(RoleSettings as, Role own, Role peer, int priority, int items, int peersItems, boolean ready,
            long elapsed) {
        cases++;
        MemberSettings settings = settings("fw-a", as);
        Roles roles = in(own, settings);
        Preemption preemption = new Preemption(settings, roles);
        roles.heard(new PeerHello(5, peer, 0, null, 0, priority, peersItems, ready, ready, false, false), now);
        roles.failedItems(items);
        Role role = roles.role();
        preemption.look(now);
        Move move = preemption.due(ready, List.of(), now + elapsed);
        String moved = move == null ? "nothing" : move.cause() + (move.share() ? " half" : " all");
        assertThat(moved).as("%s %s, peer %s with %d, items %d and %d, "
                + "ready %s, after %d ms", as, role, peer, priority, items, peersItems, ready, elapsed)
                .isEqualTo(ready ? expected(as, role, peer, priority - 2 * peersItems - 45_000 + 2 * items, items, peersItems, elapsed)
                        : "nothing");
    }

    private static String expected(RoleSettings as, Role own, Role peer, int peerHasMore, int items, int peersItems, long elapsed) {
        boolean balancing = as.networking() == Networking.LOAD_BALANCING;
        boolean unfit = items > 0 && peerHasMore > 0;
        if (own == LOAD_BALANCING && peer == LOAD_BALANCING) {
            return unfit ? "ITEMS all" : "nothing";
        }
        if (own != ACTIVE || peer != STANDBY) {
            return "nothing";
        }
        if (unfit) {
            return "ITEMS all";
        }
        if (balancing) {
            // It has been active from its start: the peer gets its half without delay.
            return peersItems > 0 && peerHasMore < 0 ? "nothing" : "START half";
        }
        return peerHasMore > 0 && as.preemption() && elapsed >= DELAY ? "PREEMPTION all" : "nothing";
    }

    private Roles in(Role role, MemberSettings settings) {
        Roles roles = new Roles(settings, HELLOS, now);
        if (role == STANDBY) {
            roles.heard(new PeerHello(1, ACTIVE, 0, null, 0, 45_000, 0, true, true, false, true), now);
        } else if (role != INITIALIZING) {
            roles.left("not there");
            if (role == LOAD_BALANCING) {
                roles.handOver(LOAD_BALANCING, "");
                roles.handedOver();
            }
        }
        assertThat(roles.role()).isEqualTo(role);
        return roles;
    }

    private static MemberSettings settings(String name, RoleSettings roles) {
        return new MemberSettings(name, name.equals("fw-a") ? "fw-b" : "fw-a", 1, 45_000, HELLO, 3, 20, false, 300, roles);
    }
}
