/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.handler.nat.napt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.junit.jupiter.api.Test;
import twinwall.firewall.Ip4;
import twinwall.firewall.NaptMapping;
import twinwall.firewall.SessionState;
import twinwall.record.RecordCodec;
import twinwall.spi.BackupTiming;
import twinwall.testkit.MemoryFirewallTable;
import twinwall.testkit.RecordedSnapshot;
import twinwall.testkit.TableHandlerContract;

class NaptHandlerTest extends TableHandlerContract<NaptMapping> {

    private static final int TCP = 6;
    private static final int UDP = 17;

    private final RecordCodec<NaptMapping> codec = RecordCodec.of(NaptMapping.class);

    NaptHandlerTest() {
        super(NaptMapping.class, NaptHandler::new);
    }

    @Override
    protected List<NaptMapping> due() {
        return List.of(mapping(TCP, 1, SessionState.ESTABLISHED, false), mapping(UDP, 2, SessionState.ESTABLISHED, false));
    }

    @Override
    protected List<NaptMapping> notDue() {
        return List.of(mapping(TCP, 11, SessionState.NEW, false), mapping(UDP, 12, SessionState.ANSWERED, false),
                mapping(1, 13, SessionState.ESTABLISHED, false), mapping(TCP, 14, SessionState.ESTABLISHED, true));
    }

    @Override
    protected NaptMapping changed(NaptMapping entry) {
        return with(entry, SessionState.CLOSING, entry.remainingSeconds());
    }

    @Override
    protected NaptMapping softChanged(NaptMapping entry) {
        return with(entry, entry.sessionState(), entry.remainingSeconds() - 1);
    }

    @Test
    void aMappingIsDueWhenItsSessionIs() throws Exception {
        MemoryFirewallTable<NaptMapping> table = new MemoryFirewallTable<>(NaptMapping.class);
        notDue().forEach(table::put);
        NaptHandler handler = new NaptHandler(table);
        assertThat(RecordedSnapshot.of(handler, BackupTiming.DEFAULT).entries()).isEmpty();
        assertThat(RecordedSnapshot.of(handler, BackupTiming.QUICK).entries()).as("all but the local one").hasSize(notDue().size() - 1);
        table.put(with(notDue().get(0), SessionState.ESTABLISHED, 60));
        assertThat(RecordedSnapshot.of(handler, BackupTiming.DEFAULT).entries()).hasSize(1);
    }

    @Test
    void theMappingOfTheFurtherSessionWins() {
        NaptHandler handler = new NaptHandler(new MemoryFirewallTable<>(NaptMapping.class));
        NaptMapping mine = due().get(0);
        assertThat(handler.compare(codec.key(mine), codec.value(changed(mine)), codec.value(mine))).isPositive();
        assertThat(handler.compare(codec.key(mine), codec.value(mine), codec.value(changed(mine)))).isNegative();
    }

    @Test
    void theMappingOfTheSessionThatWasCreatedLaterWinsAsTheSessionDoes() {
        NaptHandler handler = new NaptHandler(new MemoryFirewallTable<>(NaptMapping.class));
        NaptMapping older = with(due().get(0), SessionState.CLOSED, 1_700_000_000L, 60);
        NaptMapping later = with(due().get(0), SessionState.ESTABLISHED, 1_700_000_001L, 60);
        assertThat(handler.compare(codec.key(older), codec.value(older), codec.value(later))).isNegative();
        assertThat(handler.compare(codec.key(older), codec.value(later), codec.value(older))).isPositive();
    }

    private static NaptMapping mapping(int protocol, int port, SessionState state, boolean local) {
        return new NaptMapping(0, protocol, new Ip4(0x0a000001), port, new Ip4(0xc0000201), 443, new Ip4(0xcb007105), 40000 + port, 1,
                state, local, 1_700_000_000L, 60);
    }

    private static NaptMapping with(NaptMapping mapping, SessionState state, int remaining) {
        return with(mapping, state, mapping.createdSeconds(), remaining);
    }

    private static NaptMapping with(NaptMapping mapping, SessionState state, long created, int remaining) {
        return new NaptMapping(mapping.vsys(), mapping.protocol(), mapping.inside(), mapping.insidePort(), mapping.destination(),
                mapping.destinationPort(), mapping.outside(), mapping.outsidePort(), mapping.pool(), state, mapping.local(), created,
                remaining);
    }
}
