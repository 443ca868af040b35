/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.handler.session.ipv6;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import twinwall.firewall.Ip6;
import twinwall.firewall.Ipv6Session;
import twinwall.firewall.SessionState;
import twinwall.record.RecordCodec;
import twinwall.spi.BackupTiming;
import twinwall.testkit.MemoryFirewallTable;
import twinwall.testkit.RecordedChanges;
import twinwall.testkit.RecordedSnapshot;
import twinwall.testkit.TableHandlerContract;

class Ipv6SessionHandlerTest extends TableHandlerContract<Ipv6Session> {

    private static final int TCP = 6;
    private static final int UDP = 17;
    private static final int SCTP = 132;
    private static final int ICMP = 58;
    private static final byte[] NOTHING = {};

    private final RecordCodec<Ipv6Session> codec = RecordCodec.of(Ipv6Session.class);
    private final MemoryFirewallTable<Ipv6Session> table = new MemoryFirewallTable<>(Ipv6Session.class);
    private final Ipv6SessionHandler handler = new Ipv6SessionHandler(table);

    Ipv6SessionHandlerTest() {
        super(Ipv6Session.class, Ipv6SessionHandler::new);
    }

    @Override
    protected List<Ipv6Session> due() {
        return List.of(session(TCP, 1, SessionState.ESTABLISHED, false), session(TCP, 2, SessionState.CLOSING, false),
                session(UDP, 3, SessionState.ESTABLISHED, false), session(SCTP, 4, SessionState.ESTABLISHED, false),
                session(50, 0, SessionState.ESTABLISHED, false));
    }

    @Override
    protected List<Ipv6Session> notDue() {
        return List.of(session(TCP, 11, SessionState.NEW, false), session(TCP, 12, SessionState.ANSWERED, false),
                session(UDP, 13, SessionState.ANSWERED, false), session(ICMP, 14, SessionState.ESTABLISHED, false),
                session(SCTP, 15, SessionState.ANSWERED, false), session(TCP, 16, SessionState.ESTABLISHED, true));
    }

    @Override
    protected Ipv6Session changed(Ipv6Session entry) {
        return with(entry, SessionState.CLOSED, entry.createdSeconds(), entry.forwardPackets());
    }

    @Override
    protected Ipv6Session softChanged(Ipv6Session entry) {
        return with(entry, entry.state(), entry.createdSeconds(), entry.forwardPackets() + 1);
    }

    @Test
    void withQuickBackupEverySessionButLocalOnesIsDue() throws Exception {
        due().forEach(table::put);
        notDue().forEach(table::put);
        long local = notDue().stream().filter(Ipv6Session::local).count();
        assertThat(local).isOne();
        assertThat(RecordedSnapshot.of(handler, BackupTiming.QUICK).entries()).hasSize(due().size() + notDue().size() - 1);
    }

    @Test
    void aHalfOpenSessionThatEndsIsNotReported() throws Exception {
        RecordedChanges changes = new RecordedChanges();
        try (AutoCloseable watch = handler.watch(changes)) {
            notDue().forEach(table::put);
            notDue().forEach(table::take);
        }
        assertThat(changes.all()).isEmpty();
    }

    @Test
    void theFurtherStateOfOneSessionWins() {
        assertThat(compare(session(TCP, 1, SessionState.CLOSING, false), session(TCP, 1, SessionState.ESTABLISHED, false))).isPositive();
        assertThat(compare(session(TCP, 1, SessionState.NEW, false), session(TCP, 1, SessionState.ANSWERED, false))).isNegative();
    }

    @Test
    void theSessionCreatedLaterWinsOverAnOlderOneThatIsFurther() {
        Ipv6Session old = session(TCP, 1, SessionState.CLOSED, false);
        Ipv6Session fresh = with(old, SessionState.ESTABLISHED, old.createdSeconds() + 5, 0);
        assertThat(compare(fresh, old)).isPositive();
        assertThat(compare(old, fresh)).isNegative();
    }

    private int compare(Ipv6Session mine, Ipv6Session theirs) {
        return handler.compare(codec.key(mine), codec.value(mine), codec.value(theirs));
    }

    @Test
    void aSessionTakesAtMost64Bytes() {
        for (Ipv6Session session : due()) {
            int size = codec.key(session).length + codec.value(session).length + codec.soft(session).length;
            assertThat(size).isPositive().isLessThanOrEqualTo(64);
        }
    }

    @Test
    void anOperatorReadsAddressesAndStates() {
        Ipv6Session session = due().get(0);
        assertThat(handler.describe(codec.key(session), codec.value(session), codec.soft(session)))
                .containsEntry("source", session.source().toString()).containsEntry("state", "established")
                .containsEntry("sourcePort", 1);
        assertThat(handler.describe(codec.key(session), codec.value(session), NOTHING)).containsEntry("forwardPackets", 0L);
    }

    private static Ipv6Session session(int protocol, int port, SessionState state, boolean local) {
        return new Ipv6Session(0, protocol, new Ip6(0x20010db800000000L, 1), new Ip6(0x20010db800000000L, -1), port,
                443, state, 1, 2, 300, local,
                1_790_000_000L, 0x77, Optional.empty(), Optional.empty(), 3600, 1000, 2000,
                100_000, 3_000_000);
    }

    private static Ipv6Session with(Ipv6Session session, SessionState state, long created, long packets) {
        return new Ipv6Session(session.vsys(), session.protocol(), session.source(), session.destination(), session.sourcePort(),
                session.destinationPort(), state, session.fromZone(), session.toZone(), session.rule(), session.local(), created,
                session.windowScales(), session.translated(), session.real(), session.remainingSeconds(), packets,
                session.reversePackets(), session.forwardBytes(), session.reverseBytes());
    }
}
