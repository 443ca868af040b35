/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

import org.junit.jupiter.api.Assumptions;
import twinwall.record.RecordCodec;
import twinwall.spi.BackupTiming;
import twinwall.spi.EntrySink;
import twinwall.spi.PeerLayout;
import twinwall.spi.TableHandler;
import twinwall.testkit.TableHandlerContract.HandlerMaker;

/** The part of {@link TableHandlerContract} that goes beyond the sample entries: entries at random, other versions, a busy firewall. */
final class RandomEntryChecks<E extends Record> {

    private static final int ENTRIES = 100;
    private static final int BROKEN_ENTRIES = 10;
    private static final long SEED = 42;

    private final Class<E> type;
    private final HandlerMaker<E> maker;
    private final RecordCodec<E> codec;
    private final RandomEntries<E> random;
    private final MemoryFirewallTable<E> tableA;
    private final MemoryFirewallTable<E> tableB;
    private final TableHandler handlerA;
    private final TableHandler handlerB;

    RandomEntryChecks(Class<E> type, HandlerMaker<E> maker, List<E> samples) {
        this.type = type;
        this.maker = maker;
        codec = RecordCodec.of(type);
        random = new RandomEntries<>(type, SEED, samples);
        tableA = new MemoryFirewallTable<>(type);
        tableB = new MemoryFirewallTable<>(type);
        handlerA = maker.on(tableA);
        handlerB = maker.on(tableB);
    }

    /** With different keys. */
    private List<E> entries(int count) {
        Map<ByteBuffer, E> entries = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            E entry = random.next();
            entries.put(ByteBuffer.wrap(codec.key(entry)), entry);
        }
        return List.copyOf(entries.values());
    }

    private RecordedSnapshot snapshotOfA(List<E> entries) throws IOException {
        entries.forEach(tableA::put);
        return RecordedSnapshot.of(handlerA, BackupTiming.QUICK);
    }

    void travelUnchanged() throws IOException {
        RecordedSnapshot snapshot = snapshotOfA(entries(ENTRIES));
        snapshot.writeTo(handlerB.restore(new PeerLayout(1, handlerA.layout())));
        assertThat(tableB.size()).isEqualTo(snapshot.entries().size());
        for (E there : tableB.entries()) {
            E here = tableA.find(there).orElseThrow(() -> new AssertionError("another key: " + there));
            assertThat(bytes(there)).as(there + " of " + here).isEqualTo(bytes(here));
        }
    }

    void areComparedTheSameWayOnBoth() throws IOException {
        List<EntryBytes> entries = snapshotOfA(entries(ENTRIES)).entries();
        handlerB.restore(new PeerLayout(1, handlerA.layout()));
        for (int i = 1; i < entries.size(); i++) {
            byte[] key = entries.get(i).key();
            byte[] one = entries.get(i).value();
            byte[] other = entries.get(i - 1).value();
            assertThat(Integer.signum(handlerB.compare(key, other, one))).isEqualTo(-Integer.signum(handlerA.compare(key, one, other)));
        }
    }

    void haveValuesWithoutSoftFacts() throws IOException {
        for (E entry : entries(ENTRIES)) {
            Optional<EntryBytes> before = written(entry);
            Optional<EntryBytes> after = written(random.withOtherSoft(entry));
            if (before.isPresent() && after.isPresent()) {
                assertThat(after.get().key()).isEqualTo(before.get().key());
                assertThat(after.get().value()).as("the value of " + entry).isEqualTo(before.get().value());
            }
        }
    }

    private Optional<EntryBytes> written(E entry) throws IOException {
        MemoryFirewallTable<E> table = new MemoryFirewallTable<>(type);
        table.put(entry);
        return RecordedSnapshot.of(maker.on(table), BackupTiming.QUICK).entries().stream().findFirst();
    }

    void ofALaterVersionLoseOnlyWhatIsUnknown() throws IOException {
        assumeRecordLayout();
        EntrySink sink = handlerB.restore(new PeerLayout(2, OtherLayouts.grown(handlerA.layout())));
        for (EntryBytes entry : snapshotOfA(entries(ENTRIES)).entries()) {
            byte[] value = Arrays.copyOf(entry.value(), entry.value().length + OtherLayouts.ADDED.length);
            System.arraycopy(OtherLayouts.ADDED, 0, value, entry.value().length, OtherLayouts.ADDED.length);
            sink.put(entry.key(), value, entry.soft());
        }
        assertThat(tableB.entries()).isNotEmpty().allSatisfy(there ->
                assertThat(bytes(there)).isEqualTo(bytes(tableA.find(there).orElseThrow())));
    }

    void ofAnEarlierVersionHaveDefaults() throws IOException {
        assumeRecordLayout();
        EntrySink sink = handlerB.restore(new PeerLayout(1, OtherLayouts.keysOnly(handlerA.layout())));
        List<EntryBytes> entries = snapshotOfA(entries(ENTRIES)).entries();
        for (EntryBytes entry : entries) {
            sink.put(entry.key(), new byte[0], new byte[0]);
        }
        assertThat(tableB.size()).isEqualTo(entries.size());
        for (E there : tableB.entries()) {
            assertThat(bytes(there)).isEqualTo(bytes(codec.keyOnly(codec.key(there))));
        }
    }

    /** A handler with bytes of its own looks after its versions itself. */
    private void assumeRecordLayout() {
        Assumptions.assumeTrue(Arrays.equals(handlerA.layout(), codec.layout()), "the handler has a layout of its own");
    }

    void areRefusedWholeOrTakenWhole() throws IOException {
        EntrySink sink = handlerB.restore(new PeerLayout(1, handlerA.layout()));
        Random where = new Random(SEED);
        for (EntryBytes entry : snapshotOfA(entries(BROKEN_ENTRIES)).entries()) {
            for (int i = 0; i < entry.key().length; i++) {
                byte[] key = broken(entry.key(), i, where);
                refusalChangesNothing(() -> sink.put(key, entry.value(), entry.soft()));
                refusalChangesNothing(() -> sink.remove(key));
            }
            for (int i = 0; i < entry.value().length; i++) {
                byte[] value = broken(entry.value(), i, where);
                refusalChangesNothing(() -> sink.put(entry.key(), value, entry.soft()));
            }
            for (int i = 0; i < entry.soft().length; i++) {
                byte[] soft = broken(entry.soft(), i, where);
                refusalChangesNothing(() -> sink.put(entry.key(), entry.value(), soft));
            }
        }
    }

    private static byte[] broken(byte[] bytes, int at, Random random) {
        byte[] broken = bytes.clone();
        broken[at] = (byte) (random.nextInt(4) == 0 ? 0xff : random.nextInt());
        return broken;
    }

    private interface Attempt {
        void run() throws IOException;
    }

    private void refusalChangesNothing(Attempt attempt) {
        List<E> before = tableB.entries();
        try {
            attempt.run();
        } catch (IOException e) {
            assertThat(e.getMessage()).as("what an operator is told").isNotBlank();
            assertThat(tableB.entries()).as("after a refusal").isEqualTo(before);
        } catch (RuntimeException e) {
            throw new AssertionError("what cannot be read, or what the record's constructor refuses, must end in an IOException", e);
        }
    }

    void snapshotBesideChangesMissesNothing(List<E> due, List<E> changed) throws Exception {
        List<E> here = entries(ENTRIES);
        here.forEach(tableA::put);
        due.forEach(tableA::put);
        List<Runnable> changes = new ArrayList<>();
        for (int i = 0; i < here.size(); i++) {
            E gone = here.get(i);
            E other = changed.get(i % changed.size());
            E back = due.get(i % due.size());
            changes.add(() -> tableA.put(other));
            changes.add(() -> tableA.take(gone));
            changes.add(() -> tableA.put(back));
            if (i % 3 == 0) {
                changes.add(() -> tableA.put(gone));
            }
        }
        RecordedChanges reported = new RecordedChanges();
        reported.timing(BackupTiming.QUICK);
        try (AutoCloseable watch = handlerA.watch(reported); BusyFirewall firewall = new BusyFirewall(changes, 3)) {
            Map<ByteBuffer, EntryBytes> peer = firewall.peerAfter(handlerA, reported);
            Map<ByteBuffer, byte[]> values = new LinkedHashMap<>();
            RecordedSnapshot.of(handlerA, BackupTiming.QUICK).entries()
                    .forEach(entry -> values.put(ByteBuffer.wrap(entry.key()), entry.value()));
            assertThat(peer.keySet()).as("snapshot and changes").isEqualTo(values.keySet());
            values.forEach((key, value) -> assertThat(peer.get(key).value()).isEqualTo(value));
        }
    }

    private EntryBytes bytes(E entry) {
        return new EntryBytes(codec.key(entry), codec.value(entry), codec.soft(entry));
    }
}
