/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.junit.jupiter.api.Test;
import twinwall.firewall.BlacklistEntry;
import twinwall.firewall.Ip4;
import twinwall.firewall.Ipv4Session;
import twinwall.firewall.NaptMapping;
import twinwall.firewall.SessionState;
import twinwall.run.capture.CapturedFrame;
import twinwall.run.pair.PacketPath;

class AccountingTest {

    private static final byte[] PING = Frames.icmp("10.0.0.1", "198.51.100.1", 8, 7);
    private static final byte[] TCP = Frames.tcp("10.0.0.1", 4000, "198.51.100.1", 80, Frames.ACK);

    private final Plan plan = plan(PING, TCP, PING, TCP, TCP);
    private final SessionsAtFailure sessions = new SessionsAtFailure(new DueRule(false));

    @Test
    void packetsOfSessionsThatWereNotDueAreToldApart() throws IOException {
        sessions.add(session(PacketFacts.ICMP, 7, 0, SessionState.ESTABLISHED));
        sessions.add(session(PacketFacts.TCP, 4000, 80, SessionState.ESTABLISHED));

        Cost cost = Cost.of(plan, 2, trial(Set.of()), trial(Set.of(2, 4)), sessions);

        assertThat(cost.dropped()).isEqualTo(2);
        assertThat(cost.notYetDue()).isEqualTo(1);
        assertThat(cost.lost()).isEqualTo(1);
        assertThat(cost.lostPackets()).containsExactly(4);
        assertThat(cost.connections()).isEqualTo(1);
        assertThat(cost.conversations()).isEqualTo(1);
        assertThat(cost.forwarded()).isEqualTo(3);
        assertThat(cost.forwardedAfter()).isEqualTo(1);
    }

    @Test
    void whatAFirewallThatNeverFailsDropsTooIsNobodysLoss() throws IOException {
        Cost cost = Cost.of(plan, 2, trial(Set.of(2, 4)), trial(Set.of(2, 4)), sessions);

        assertThat(cost.dropped()).isZero();
    }

    @Test
    void aPacketDroppedBeforeTheKillIsLostWhateverItsSession() throws IOException {
        sessions.add(session(PacketFacts.ICMP, 7, 0, SessionState.NEW));

        assertThat(Cost.of(plan, 2, trial(Set.of()), trial(Set.of(0)), sessions).lost()).isEqualTo(1);
    }

    @Test
    void halfOpenAndPingAreDueWithQuickBackupOnly() {
        for (SessionState early : new SessionState[] {SessionState.NEW, SessionState.ANSWERED}) {
            assertThat(new DueRule(false).due(PacketFacts.TCP, early, false)).isFalse();
            assertThat(new DueRule(true).due(PacketFacts.TCP, early, false)).isTrue();
        }
        assertThat(new DueRule(false).due(PacketFacts.UDP, SessionState.ESTABLISHED, false)).isTrue();
        assertThat(new DueRule(false).due(PacketFacts.ICMPV6, SessionState.ESTABLISHED, false)).isFalse();
        assertThat(new DueRule(true).due(PacketFacts.ICMP, SessionState.NEW, false)).isTrue();
        assertThat(new DueRule(true).due(PacketFacts.TCP, SessionState.ESTABLISHED, true)).isFalse();
    }

    @Test
    void dynamicBlacklistEntriesAreNotExpectedOnThePeer() throws IOException {
        for (BlacklistEntry.Origin origin : BlacklistEntry.Origin.values()) {
            sessions.add(new BlacklistEntry(0, BlacklistEntry.Direction.SOURCE, InetAddress.getByName("192.0.2.1"), 0, 0, origin, "",
                    Optional.empty(), 0));
        }

        assertThat(sessions.held("blacklist")).isEqualTo(new TableCount.Held(1, 0, 1));
    }

    @Test
    void aMappingIsDueWhenItsSessionIs() throws IOException {
        Ip4 address = new Ip4(1);
        sessions.add(new NaptMapping(0, PacketFacts.TCP, address, 1, address, 2, address, 3, 0, SessionState.NEW, false, 0, 1));
        sessions.add(new NaptMapping(0, PacketFacts.TCP, address, 9, address, 2, address, 3, 0, SessionState.CLOSING, false, 0, 1));

        assertThat(sessions.held("napt")).isEqualTo(new TableCount.Held(2, 1, 0));
    }

    @Test
    void anEntryIsKeptWhenItsContentIsTheSame() {
        TableCount count = TableCount.of("napt", new TableCount.Held(4, 1, 0), Map.of("k1", "x", "k2", "y", "k3", "z"),
                Map.of("k1", "x", "k2", "other", "k9", "z"));

        assertThat(count.kept()).isEqualTo(1);
        assertThat(count.lost()).isEqualTo(2);
        assertThat(count.onB()).isEqualTo(3);
    }

    @Test
    void anEntryThatFwAShouldListAndDoesNotIsLost() {
        assertThat(TableCount.of("napt", new TableCount.Held(3, 1, 0), Map.of("k1", "x"), Map.of("k1", "x")).lost()).isEqualTo(1);
    }

    @Test
    void aFailPointIsANumberOrAShare() {
        assertThat(Options.FailPoint.parse("50%").in(531)).isEqualTo(265);
        assertThat(Options.FailPoint.parse("0").in(531)).isZero();
        assertThat(Options.FailPoint.parse("100%").in(2_000_000_000)).isEqualTo(2_000_000_000);
        assertThat(Options.FailPoint.parse("99999999999").in(531)).isEqualTo(531);
        for (String wrong : new String[] {"", "%", "-1", "101%", "1.5", "half"}) {
            assertThatThrownBy(() -> Options.FailPoint.parse(wrong)).hasMessageContaining("'" + wrong + "'");
        }
    }

    private Trial trial(Set<Integer> dropped) throws IOException {
        Trial trial = new Trial(plan);
        for (int packet = 0; packet < plan.packets(); packet++) {
            boolean forwarded = !dropped.contains(packet);
            trial.send(packet, new CapturedFrame(0, TCP), (time, side, frame) ->
                    new PacketPath.Passage(forwarded, forwarded ? "" : "no-session", 1, forwarded ? List.of(new byte[0]) : List.of()));
        }
        return trial;
    }

    private static Plan plan(byte[]... frames) {
        Planner planner = new Planner();
        for (byte[] frame : frames) {
            planner.add(0, frame);
        }
        return planner.plan();
    }

    private static Ipv4Session session(int protocol, int sourcePort, int destinationPort, SessionState state) {
        PacketFacts facts = PacketParser.parse(TCP);
        return new Ipv4Session(0, Optional.empty(), protocol, new Ip4(facts.source().bits4()), new Ip4(facts.destination().bits4()),
                sourcePort, destinationPort, state, 1, 2, 1, false, 0, 0xff, Optional.empty(), Optional.empty(), 1, 1, 1, 1, 1);
    }
}
