/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;
import static twinwall.itests.Eventually.eventually;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.inject.Inject;

import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.osgi.framework.BundleContext;
import twinwall.firewall.Ipv4Session;
import twinwall.firewall.SessionState;
import twinwall.firewall.embedded.port.PacketPortClient;
import twinwall.group.GroupStatus.Loss;
import twinwall.group.Role;
import twinwall.group.Verdict;

/** Two firewalls back each other up over TLS; one of them goes. */
@RunWith(PaxExam.class)
public class TwoFirewallsTest {

    @Inject
    private BundleContext context;

    @Configuration
    public Option[] node() throws IOException {
        Option[] options = Node.options(getClass());
        for (String side : List.of("a", "b")) {
            Settings.add(Node.work(getClass()).resolve(side), "twinwall.handler.session", Map.of("backup_local_sessions", "false"));
        }
        return options;
    }

    @Test
    public void sessionsSurviveFailover() throws Exception {
        try (Pair pair = Pair.inSync(context)) {
            List<TcpFlow> flows;
            try (PacketPortClient packets = pair.a().packets()) {
                flows = List.of(TcpFlow.v4(40_001).open(packets), TcpFlow.translated(40_002).open(packets),
                        TcpFlow.v6(40_003).open(packets));
            }
            pair.awaitCopied();
            // The peer hears no goodbye: its link is gone from one moment to the next.
            pair.a().bundle("twinwall.link.netty").uninstall();
            eventually("fw-b takes over", () -> pair.b().is(Role.ACTIVE));
            try (PacketPortClient packets = pair.b().packets()) {
                eventually("fw-b forwards", () -> flows.get(0).send(packets).forwarded());
                for (TcpFlow flow : flows) {
                    flow.goesOn(packets);
                }
            }
            List<Loss> losses = pair.b().status().losses();
            assertEquals(losses.toString(), 1, losses.size());
            assertTrue(losses.toString(), losses.get(0).cause().contains("fw-a missed 10 hellos"));
            assertEquals(Firewall.TABLES, losses.get(0).tables().keySet().stream().sorted().toList());
            assertTrue(losses.toString(), losses.get(0).tables().values().stream().allMatch(table -> table.lost() == 0 || !table.exact()));
        }
    }

    @Test
    public void withoutBackupTheNextPacketIsDropped() throws Exception {
        try (Pair pair = Pair.inSync(context)) {
            pair.b().bundle("twinwall.handler.session.ipv4").stop();
            TcpFlow notCopied;
            TcpFlow copied;
            try (PacketPortClient packets = pair.a().packets()) {
                notCopied = TcpFlow.v4(40_001).open(packets);
                copied = TcpFlow.v6(40_002).open(packets);
            }
            eventually("fw-b has the IPv6 session", () -> pair.b().group().entries("ipv6-session", 10, "").size() == 1);
            pair.stopA();
            eventually("fw-b takes over", () -> pair.b().is(Role.ACTIVE));
            try (PacketPortClient packets = pair.b().packets()) {
                eventually("fw-b forwards", () -> copied.send(packets).forwarded());
                assertEquals("no-session", notCopied.send(packets).reason());
            }
            pair.b().bundle("twinwall.handler.session.ipv4").start();
        }
    }

    @Test
    public void sessionsWithTheFirewallItselfAreBackedUpWhereItIsAskedFor() throws Exception {
        for (boolean asked : List.of(true, false)) {
            try (Pair pair = Pair.inSync(context, "twinwall.handler.session/backup_local_sessions", String.valueOf(asked),
                    "twinwall.group/quick_backup", "true", "twinwall.firewall.embedded/own_addresses", "198.51.100.1");
                    PacketPortClient packets = pair.a().packets()) {
                assertTrue(packets.send(0, 0, Frames.echo("198.51.100.7", "198.51.100.1", 7)).forwarded());
                TcpFlow.v4(40_001).open(packets);
                eventually("fw-b has what is due", () -> statesOnB(pair).size() == (asked ? 2 : 1));
                assertEquals(asked ? 0 : 1, pair.a().table("ipv4-session").notDue());
            }
        }
    }

    @Test
    public void aPlannedStopHandsOverWithoutLoss() throws Exception {
        try (Pair pair = Pair.inSync(context)) {
            List<TcpFlow> flows = new ArrayList<>();
            try (PacketPortClient packets = pair.a().packets()) {
                for (int i = 0; i < 200; i++) {
                    flows.add(TcpFlow.v4(30_000 + i).open(packets));
                }
                // At once: what was not sent yet must go before the firewall does.
                pair.stopA();
            }
            eventually("fw-b takes over", () -> pair.b().is(Role.ACTIVE));
            try (PacketPortClient packets = pair.b().packets()) {
                eventually("fw-b forwards", () -> flows.get(0).send(packets).forwarded());
                for (TcpFlow flow : flows) {
                    flow.goesOn(packets);
                }
            }
            assertEquals(List.of(), pair.b().status().losses());
        }
    }

    @Test
    public void switchoverMovesRolesWithNothingLost() throws Exception {
        try (Pair pair = Pair.inSync(context); Traffic traffic = Traffic.through(pair.a(), pair.b())) {
            assertSwitchedOver(pair.a().group().switchover().toCompletableFuture().get(20, TimeUnit.SECONDS));
            pair.awaitSync(Role.STANDBY);
            traffic.goesOn();
            assertSwitchedOver(pair.b().group().switchover().toCompletableFuture().get(20, TimeUnit.SECONDS));
            pair.awaitSync(Role.ACTIVE);
            traffic.goesOn();
            traffic.assertNothingLost();
            assertEquals(List.of(), pair.a().status().losses());
            assertEquals(List.of(), pair.b().status().losses());
        }
    }

    static void assertSwitchedOver(Verdict verdict) {
        assertTrue(verdict.message(), verdict.done());
    }

    @Test
    public void theReturnedFirewallGetsEverythingBack() throws Exception {
        try (Pair pair = Pair.inSync(context)) {
            TcpFlow early;
            TcpFlow late;
            try (PacketPortClient packets = pair.a().packets()) {
                early = TcpFlow.translated(40_001).open(packets);
            }
            pair.stopA();
            eventually("fw-b takes over", () -> pair.b().is(Role.ACTIVE));
            try (PacketPortClient packets = pair.b().packets()) {
                eventually("fw-b forwards", () -> early.send(packets).forwarded());
                late = TcpFlow.v4(40_002).open(packets);
            }
            pair.startA();
            pair.awaitSync(Role.STANDBY);
            assertSwitchedOver(pair.b().group().switchover().toCompletableFuture().get(20, TimeUnit.SECONDS));
            pair.awaitSync(Role.ACTIVE);
            try (PacketPortClient packets = pair.a().packets()) {
                eventually("fw-a forwards", () -> early.send(packets).forwarded());
                late.goesOn(packets);
            }
        }
    }

    @Test
    public void quickBackupSwitchedOnAtRunTimeCopiesHalfOpenSessions() throws Exception {
        try (Pair pair = Pair.inSync(context); PacketPortClient packets = pair.a().packets()) {
            assertTrue(TcpFlow.v4(40_001).syn(packets).forwarded());
            TcpFlow.v4(40_002).open(packets);
            eventually("the session that is set up is on fw-b", () -> statesOnB(pair).equals(List.of(SessionState.ESTABLISHED)));
            assertTrue(pair.a().group().quickBackup(true).toCompletableFuture().get(10, TimeUnit.SECONDS).done());
            eventually("the half-open one is on fw-b, too", () -> statesOnB(pair).equals(
                    List.of(SessionState.NEW, SessionState.ESTABLISHED)));
            assertTrue(pair.b().status().quickBackup());
            assertTrue(TcpFlow.v4(40_003).syn(packets).forwarded());
            eventually("and every new one", () -> statesOnB(pair).size() == 3);
        }
    }

    private static List<SessionState> statesOnB(Pair pair) {
        return pair.b().entries("ipv4-session", Ipv4Session.class).stream().map(Ipv4Session::state).sorted().toList();
    }
}
