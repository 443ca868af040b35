/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.handler.session.ipv4;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import twinwall.firewall.Endpoint4;
import twinwall.firewall.Ip4;
import twinwall.firewall.Ipv4Session;
import twinwall.firewall.SessionState;
import twinwall.record.RecordCodec;
import twinwall.spi.BackupTiming;
import twinwall.testkit.MemoryFirewallTable;
import twinwall.testkit.RecordedChanges;
import twinwall.testkit.RecordedSnapshot;
import twinwall.testkit.TableHandlerContract;

class Ipv4SessionHandlerTest extends TableHandlerContract<Ipv4Session> {

    private static final int TCP = 6;
    private static final int UDP = 17;
    private static final int SCTP = 132;
    private static final int ICMP = 1;
    private static final byte[] NOTHING = {};

    private final RecordCodec<Ipv4Session> codec = RecordCodec.of(Ipv4Session.class);
    private final MemoryFirewallTable<Ipv4Session> table = new MemoryFirewallTable<>(Ipv4Session.class);
    private final Ipv4SessionHandler handler = new Ipv4SessionHandler(table);

    Ipv4SessionHandlerTest() {
        super(Ipv4Session.class, Ipv4SessionHandler::new);
    }

    @Test
    void sessionsOfTheFirewallItselfAreDueLikeOthersWhereThatIsWanted() throws Exception {
        Ipv4SessionHandler wanted = new Ipv4SessionHandler(table, Map.of("backup_local_sessions", "true"));
        table.put(session(TCP, 1, SessionState.ESTABLISHED, true));
        table.put(session(TCP, 2, SessionState.NEW, true));
        table.put(session(ICMP, 3, SessionState.NEW, true));
        assertThat(RecordedSnapshot.of(wanted, BackupTiming.DEFAULT).entries()).hasSize(1);
        assertThat(RecordedSnapshot.of(wanted, BackupTiming.QUICK).entries()).hasSize(3);
        assertThat(RecordedSnapshot.of(handler, BackupTiming.QUICK).entries()).isEmpty();
    }

    @Override
    protected List<Ipv4Session> due() {
        return List.of(session(TCP, 1, SessionState.ESTABLISHED, false), session(TCP, 2, SessionState.CLOSING, false),
                session(UDP, 3, SessionState.ESTABLISHED, false), session(SCTP, 4, SessionState.ESTABLISHED, false),
                session(50, 0, SessionState.ESTABLISHED, false));
    }

    @Override
    protected List<Ipv4Session> notDue() {
        return List.of(session(TCP, 11, SessionState.NEW, false), session(TCP, 12, SessionState.ANSWERED, false),
                session(UDP, 13, SessionState.ANSWERED, false), session(ICMP, 14, SessionState.ESTABLISHED, false),
                session(SCTP, 15, SessionState.ANSWERED, false), session(TCP, 16, SessionState.ESTABLISHED, true));
    }

    @Override
    protected Ipv4Session changed(Ipv4Session entry) {
        return with(entry, SessionState.CLOSED, entry.createdSeconds(), entry.forwardPackets());
    }

    @Override
    protected Ipv4Session softChanged(Ipv4Session entry) {
        return with(entry, entry.state(), entry.createdSeconds(), entry.forwardPackets() + 1);
    }

    @Test
    void withQuickBackupEverySessionButLocalOnesIsDue() throws Exception {
        due().forEach(table::put);
        notDue().forEach(table::put);
        long local = notDue().stream().filter(Ipv4Session::local).count();
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
        Ipv4Session old = session(TCP, 1, SessionState.CLOSED, false);
        Ipv4Session fresh = with(old, SessionState.ESTABLISHED, old.createdSeconds() + 5, 0);
        assertThat(compare(fresh, old)).isPositive();
        assertThat(compare(old, fresh)).isNegative();
    }

    private int compare(Ipv4Session mine, Ipv4Session theirs) {
        return handler.compare(codec.key(mine), codec.value(mine), codec.value(theirs));
    }

    @Test
    void aSessionTakesAtMost64Bytes() {
        for (Ipv4Session session : due()) {
            int size = codec.key(session).length + codec.value(session).length + codec.soft(session).length;
            assertThat(size).isPositive().isLessThanOrEqualTo(64);
        }
    }

    @Test
    void anOperatorReadsAddressesAndStates() {
        Ipv4Session session = due().get(0);
        assertThat(handler.describe(codec.key(session), codec.value(session), codec.soft(session)))
                .containsEntry("source", session.source().toString()).containsEntry("state", "established")
                .containsEntry("sourcePort", 1);
        assertThat(handler.describe(codec.key(session), codec.value(session), NOTHING)).containsEntry("forwardPackets", 0L);
    }

    private static Ipv4Session session(int protocol, int port, SessionState state, boolean local) {
        return new Ipv4Session(0, Optional.empty(), protocol, new Ip4(0x0a000001), new Ip4(0xc0000201), port, 443, state, 1, 2, 300, local,
                1_790_000_000L, 0x77, Optional.of(new Endpoint4(new Ip4(0xcb007105), 40000)), Optional.empty(), 3600, 1000, 2000,
                100_000, 3_000_000);
    }

    private static Ipv4Session with(Ipv4Session session, SessionState state, long created, long packets) {
        return new Ipv4Session(session.vsys(), session.softwire(), session.protocol(), session.source(), session.destination(),
                session.sourcePort(), session.destinationPort(), state, session.fromZone(), session.toZone(), session.rule(),
                session.local(), created, session.windowScales(), session.translated(), session.real(), session.remainingSeconds(),
                packets, session.reversePackets(), session.forwardBytes(), session.reverseBytes());
    }
}
