/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import twinwall.spi.BackupTiming;
import twinwall.spi.EntrySink;
import twinwall.spi.PeerLayout;
import twinwall.testkit.EntryBytes;
import twinwall.testkit.RecordedChanges;
import twinwall.testkit.RecordedSnapshot;

class LatencyHandlerTest {

    private final LatencyTable tableA = new LatencyTable();
    private final LatencyTable tableB = new LatencyTable();
    private final LatencyHandler handlerA = new LatencyHandler(tableA);
    private final LatencyHandler handlerB = new LatencyHandler(tableB);

    @Test
    void aChangeThatIsRestoredOnThePeerIsTimed() throws Exception {
        RecordedChanges changes = new RecordedChanges();
        try (AutoCloseable watch = handlerA.watch(changes)) {
            tableA.change(5);
        }
        EntryBytes change = changes.all().get(0);
        restoreOnB().put(change.key(), change.value(), change.soft());
        assertThat(tableB.nanos(5)).isEqualTo(tableA.nanos(5));
        assertThat(tableB.latencies().percentiles().count()).isEqualTo(1);
        assertThat(tableB.latencies().percentiles().max()).isPositive();
    }

    @Test
    void nothingIsReportedOnceTheWatchIsClosed() throws Exception {
        RecordedChanges changes = new RecordedChanges();
        handlerA.watch(changes).close();
        tableA.change(5);
        assertThat(changes.all()).isEmpty();
    }

    @Test
    void whatIsRestoredIsNotReportedBack() throws Exception {
        RecordedChanges changes = new RecordedChanges();
        try (AutoCloseable watch = handlerB.watch(changes)) {
            EntrySink sink = restoreOnB();
            sink.put(new byte[] {0, 0, 0, 0, 0, 0, 0, 1}, new byte[Long.BYTES], new byte[0]);
            sink.remove(new byte[] {0, 0, 0, 0, 0, 0, 0, 1});
        }
        assertThat(changes.all()).isEmpty();
        assertThat(tableB.size()).isZero();
    }

    @Test
    void aSnapshotHoldsEveryEntryAndRestoringItTwiceChangesNothing() throws Exception {
        for (long number = 0; number < 100; number++) {
            tableA.change(number);
        }
        RecordedSnapshot snapshot = RecordedSnapshot.of(handlerA, BackupTiming.DEFAULT);
        EntrySink sink = restoreOnB();
        snapshot.writeTo(sink);
        snapshot.writeTo(sink);
        List<Long> onB = new ArrayList<>();
        tableB.visit(onB::add);
        assertThat(onB).hasSize(100).allSatisfy(number -> assertThat(tableB.nanos(number)).isEqualTo(tableA.nanos(number)));
    }

    @Test
    void bytesThatAreNoNumberAreRefused() throws Exception {
        EntrySink sink = restoreOnB();
        assertThatThrownBy(() -> sink.put(new byte[7], new byte[Long.BYTES], new byte[0])).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> sink.put(new byte[Long.BYTES], new byte[9], new byte[0])).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> sink.remove(new byte[0])).isInstanceOf(IOException.class);
        assertThat(tableB.size()).isZero();
        assertThat(handlerA.describe(new byte[3], new byte[Long.BYTES], new byte[0])).isEmpty();
    }

    @Test
    void anotherSchemaIsRefusedByName() {
        assertThatThrownBy(() -> handlerB.restore(new PeerLayout(2, new byte[0]))).isInstanceOf(IOException.class)
                .hasMessageContaining("schema 2");
    }

    private EntrySink restoreOnB() throws IOException {
        return handlerB.restore(new PeerLayout(LatencyHandler.SCHEMA, handlerA.layout()));
    }
}
