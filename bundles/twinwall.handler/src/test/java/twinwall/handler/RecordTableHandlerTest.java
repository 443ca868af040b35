/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.handler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import twinwall.firewall.FirewallTable;
import twinwall.firewall.PeerAnswer;
import twinwall.handler.samples.GrownRoute;
import twinwall.handler.samples.NamedRoute;
import twinwall.handler.samples.Route;
import twinwall.record.RecordCodec;
import twinwall.spi.BackupTiming;
import twinwall.spi.ChangeSink;
import twinwall.spi.Confirmation;
import twinwall.spi.EntrySink;
import twinwall.spi.PeerLayout;
import twinwall.testkit.EntryBytes;
import twinwall.testkit.MemoryFirewallTable;
import twinwall.testkit.RecordedChanges;
import twinwall.testkit.RecordedSnapshot;

class RecordTableHandlerTest {

    private static final byte[] NOTHING = {};

    private final MemoryFirewallTable<Route> table = new MemoryFirewallTable<>(Route.class, 2);
    private final Routes handler = new Routes(table);
    private final RecordedChanges changes = new RecordedChanges();

    /** Ready routes are due, with quick backup all. */
    private static final class Routes extends RecordTableHandler<Route> {

        Routes(FirewallTable<Route> table) {
            super(table, Route.class);
        }

        @Override
        protected boolean due(Route route, BackupTiming timing) {
            return route.ready() || timing == BackupTiming.QUICK;
        }

        @Override
        protected boolean mayBeOnPeer(Route last, BackupTiming widest) {
            return due(last, widest);
        }

        @Override
        protected int compare(Route mine, Route theirs) {
            return Integer.compare(mine.gateway(), theirs.gateway());
        }
    }

    private static final class GrownRoutes extends RecordTableHandler<GrownRoute> {

        GrownRoutes(FirewallTable<GrownRoute> table) {
            super(table, GrownRoute.class);
        }
    }

    /** Takes what only quick backup causes elsewhere. */
    private static final class SplitChanges implements ChangeSink {

        private final RecordedChanges onlyQuick = new RecordedChanges();
        private final RecordedChanges others = new RecordedChanges();
        private BackupTiming timing = BackupTiming.QUICK;

        @Override
        public BackupTiming timing() {
            return timing;
        }

        @Override
        public void put(byte[] key, byte[] value, byte[] soft) {
            others.put(key, value, soft);
        }

        @Override
        public void remove(byte[] key) {
            others.remove(key);
        }

        @Override
        public ChangeSink onlyQuick() {
            return onlyQuick;
        }
    }

    @Test
    void whatIsDueWithQuickBackupOnlyIsReportedAsSuch() throws Exception {
        SplitChanges split = new SplitChanges();
        try (AutoCloseable watching = handler.watch(split)) {
            table.put(new Route(1, 10, false, 5));
            assertThat(split.onlyQuick.all()).as("not ready").hasSize(1);
            table.put(new Route(1, 10, true, 5));
            assertThat(split.others.all()).as("ready").hasSize(1);
            table.take(new Route(1, 10, true, 5));
            assertThat(split.others.all()).as("its end too").hasSize(2);

            table.put(new Route(2, 20, false, 5));
            table.take(new Route(2, 20, false, 5));
            assertThat(split.onlyQuick.all()).as("was never ready").hasSize(3);

            split.timing = BackupTiming.DEFAULT;
            table.put(new Route(3, 30, true, 5));
            assertThat(split.others.all()).hasSize(3);
            assertThat(split.onlyQuick.all()).hasSize(3);
        }
    }

    @Test
    void anOlderPeerIsSentWhatItKnowsAndANewerOneFillsInDefaults() throws IOException {
        MemoryFirewallTable<GrownRoute> grownTable = new MemoryFirewallTable<>(GrownRoute.class);
        GrownRoutes grown = new GrownRoutes(grownTable);
        table.put(new Route(1, 10, true, 5));
        RecordedSnapshot.of(handler, BackupTiming.DEFAULT).writeTo(grown.restore(new PeerLayout(1, handler.layout())));
        assertThat(grownTable.entries()).containsExactly(new GrownRoute(1, "", 10, true, 5));

        grownTable.put(new GrownRoute(2, "added", 20, true, 6));
        RecordedSnapshot.of(grown, BackupTiming.DEFAULT).writeTo(handler.restore(new PeerLayout(2, grown.layout())));
        assertThat(table.entries()).containsExactlyInAnyOrder(new Route(1, 10, true, 5), new Route(2, 20, true, 6));
    }

    @Test
    void theValueOfAPeerWithAnotherLayoutIsComparedInThatLayout() throws IOException {
        RecordCodec<Route> mine = RecordCodec.of(Route.class);
        RecordCodec<GrownRoute> theirs = RecordCodec.of(GrownRoute.class);
        handler.restore(new PeerLayout(2, theirs.layout()));
        byte[] key = mine.key(new Route(1, 0, true, 0));
        byte[] further = theirs.value(new GrownRoute(1, "x", 11, true, 0));
        assertThat(handler.compare(key, mine.value(new Route(1, 10, true, 0)), further)).isNegative();
        assertThat(handler.compare(key, mine.value(new Route(1, 12, true, 0)), further)).isPositive();
        assertThat(handler.compare(key, mine.value(new Route(1, 12, true, 0)), new byte[100])).as("unreadable").isZero();
    }

    @Test
    void aPeerWithAnotherKeyIsRefusedByTheNameOfTheComponent() {
        byte[] layout = RecordCodec.of(NamedRoute.class).layout();
        assertThatThrownBy(() -> handler.restore(new PeerLayout(1, layout))).isInstanceOf(IOException.class)
                .hasMessage("Key component 1 is 'destination' here and 'name' on the peer");
    }

    @Test
    void aFullTableIsToldFromTheEntryThatDoesNotFit() throws IOException {
        EntrySink sink = handler.restore(new PeerLayout(1, handler.layout()));
        put(sink, new Route(1, 1, true, 0));
        put(sink, new Route(2, 1, true, 0));
        assertThatThrownBy(() -> put(sink, new Route(3, 1, true, 0))).isInstanceOf(IOException.class).hasMessageContaining("full with 2");
        put(sink, new Route(2, 9, true, 0));
        assertThat(table.entries()).contains(new Route(2, 9, true, 0));
    }

    @Test
    void whatIsNotDueAnyMoreStaysOnThePeerUntilItIsRemoved() throws Exception {
        try (AutoCloseable watch = handler.watch(changes)) {
            changes.timing(BackupTiming.QUICK);
            table.put(new Route(1, 1, false, 0));
            changes.timing(BackupTiming.DEFAULT);
            table.put(new Route(1, 2, false, 0));
            assertThat(changes.all()).as("not due, so not reported").hasSize(1);
            table.take(new Route(1, 2, false, 0));
            assertThat(changes.all().get(1)).isEqualTo(EntryBytes.removed(changes.all().get(0).key()));
        }
    }

    @Test
    void whatWasNeverDueIsNotRemovedOnThePeer() throws Exception {
        try (AutoCloseable watch = handler.watch(changes)) {
            table.put(new Route(1, 1, false, 0));
            table.take(new Route(1, 1, false, 0));
            assertThat(changes.all()).isEmpty();
        }
    }

    @Test
    void anEntryFromAPeerWithQuickBackupIsRemovedThereWhenItEndsHere() throws Exception {
        try (AutoCloseable watch = handler.watch(changes)) {
            put(handler.restore(new PeerLayout(1, handler.layout())), new Route(1, 1, false, 0));
            assertThat(changes.all()).isEmpty();
            table.take(new Route(1, 1, false, 0));
            assertThat(changes.all()).hasSize(1).allMatch(EntryBytes::isRemoval);
        }
    }

    @Test
    void aFirewallThatAsksIsToldWhetherThePeerHasTheEntry() throws Exception {
        List<PeerAnswer.Outcome> told = new ArrayList<>();
        try (AutoCloseable watch = handler.watch(changes)) {
            table.put(new Route(1, 1, false, 0), told::add);
            assertThat(told).as("not due").containsExactly(PeerAnswer.Outcome.NOT_DUE);
            changes.timing(BackupTiming.QUICK);
            table.put(new Route(1, 2, false, 0), told::add);
            assertThat(told).as("the peer has not answered").hasSize(1);
            changes.confirm(Confirmation.CONFIRMED);
            assertThat(told).endsWith(PeerAnswer.Outcome.ON_PEER);
            table.put(new Route(2, 2, true, 0), told::add);
            changes.confirm(Confirmation.NO_PEER);
            assertThat(told).endsWith(PeerAnswer.Outcome.NO_PEER).hasSize(3);
        }
        assertThat(changes.all()).hasSize(2);
    }

    @Test
    void anEntryThatIsTooLargeDoesNotFailTheFirewall() throws Exception {
        MemoryFirewallTable<NamedRoute> names = new MemoryFirewallTable<>(NamedRoute.class);
        RecordTableHandler<NamedRoute> named = new RecordTableHandler<>(names, NamedRoute.class) {
        };
        try (AutoCloseable watch = named.watch(changes)) {
            names.put(new NamedRoute("x".repeat(1025)));
            List<PeerAnswer.Outcome> told = new ArrayList<>();
            names.put(new NamedRoute("z".repeat(1025)), told::add);
            assertThat(told).containsExactly(PeerAnswer.Outcome.NOT_DUE);
            names.put(new NamedRoute("y"));
        }
        assertThat(changes.all()).hasSize(1);
    }

    @Test
    void aRecordThatCannotBeWrittenIsRefusedWhenTheHandlerIsMade() {
        record Hidden(int id) {
        }

        assertThatIllegalArgumentException().isThrownBy(() -> new RecordTableHandler<Hidden>(null, Hidden.class) {
        }).withMessageContaining("public");
    }

    @Test
    void bytesThatCannotBeReadAreShownAsBytes() {
        assertThat(handler.describe(NOTHING, NOTHING, NOTHING)).isEmpty();
        RecordCodec<Route> codec = RecordCodec.of(Route.class);
        Route route = new Route(1, 2, true, 3);
        assertThat(List.copyOf(handler.describe(codec.key(route), codec.value(route), codec.soft(route)).keySet()))
                .containsExactly("destination", "gateway", "ready", "age");
    }

    private static void put(EntrySink sink, Route route) throws IOException {
        RecordCodec<Route> codec = RecordCodec.of(Route.class);
        sink.put(codec.key(route), codec.value(route), codec.soft(route));
    }
}
