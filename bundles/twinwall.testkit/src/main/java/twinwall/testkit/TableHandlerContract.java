/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.osgi.annotation.versioning.ConsumerType;
import twinwall.firewall.FirewallTable;
import twinwall.record.RecordCodec;
import twinwall.record.Secret;
import twinwall.spi.BackupTiming;
import twinwall.spi.EntrySink;
import twinwall.spi.PeerLayout;
import twinwall.spi.SnapshotSink;
import twinwall.spi.TableHandler;

/**
 * What every table handler must do. Extend it in the handler's tests, say how the handler is made, and give sample entries:
 * <pre>{@code
 * class RoutesHandlerTest extends TableHandlerContract<Route> {
 *     RoutesHandlerTest() {
 *         super(Route.class, RoutesHandler::new);
 *     }
 *     ...
 * }
 * }</pre>
 * The same handler class is used on both sides: two firewalls with a table each, and what one writes is restored into the other.
 *
 * @param <E> the entry of the firewall's table
 */
@ConsumerType
public abstract class TableHandlerContract<E extends Record> {

    private static final int GARBLED = 500;

    private final Class<E> type;
    private final HandlerMaker<E> maker;
    private final RecordCodec<E> codec;
    private MemoryFirewallTable<E> tableA;
    private MemoryFirewallTable<E> tableB;
    private TableHandler handlerA;
    private TableHandler handlerB;
    private RecordedChanges changesA;
    private RecordedChanges changesB;

    /** Makes a handler for a firewall's table. */
    @ConsumerType
    @FunctionalInterface
    public interface HandlerMaker<E extends Record> {

        /** A handler, as the component runtime would make it. */
        TableHandler on(FirewallTable<E> table);
    }

    /** The contract for one handler. */
    protected TableHandlerContract(Class<E> type, HandlerMaker<E> maker) {
        this.type = type;
        this.maker = maker;
        codec = RecordCodec.of(type);
    }

    /** At least two entries with different keys that are due for backup without quick backup. */
    protected abstract List<E> due();

    /** Entries that are not due without quick backup, with keys that {@link #due} does not have. Default: there are none. */
    protected List<E> notDue() {
        return List.of();
    }

    /** The entry with another value and still due; its key and its soft facts are the same. */
    protected abstract E changed(E entry);

    /** The entry with other soft facts; key and value are the same. The entry itself when its type has none. */
    protected abstract E softChanged(E entry);

    /** Two firewalls with an empty table each. */
    @BeforeEach
    void twoFirewalls() {
        tableA = new MemoryFirewallTable<>(type);
        tableB = new MemoryFirewallTable<>(type);
        handlerA = maker.on(tableA);
        handlerB = maker.on(tableB);
        changesA = new RecordedChanges();
        changesB = new RecordedChanges();
        assertThat(due()).as("sample entries that are due").hasSizeGreaterThanOrEqualTo(2);
    }

    @Test
    void snapshotWritesWhatIsDue() throws IOException {
        fill(tableA);
        List<EntryBytes> written = RecordedSnapshot.of(handlerA, BackupTiming.DEFAULT).entries();
        assertThat(written).hasSize(due().size());
        assertThat(keys(written)).hasSize(due().size());
    }

    @Test
    void anUnwantedSnapshotEndsWithTheExceptionOfItsSink() {
        fill(tableA);
        IOException unwanted = new IOException("the snapshot is no longer wanted");
        assertThatThrownBy(() -> handlerA.snapshot(new SnapshotSink() {
            @Override
            public BackupTiming timing() {
                return BackupTiming.DEFAULT;
            }

            @Override
            public void put(byte[] key, byte[] value, byte[] soft) throws IOException {
                throw unwanted;
            }
        })).isSameAs(unwanted);
    }

    @Test
    void snapshotRestoredOnThePeerGivesTheSameTable() throws IOException {
        fill(tableA);
        RecordedSnapshot.of(handlerA, BackupTiming.DEFAULT).writeTo(restoreOnB());
        assertThat(bytes(tableB.entries())).isEqualTo(bytes(due()));
    }

    @Test
    void restoringTwiceChangesNothing() throws IOException {
        fill(tableA);
        RecordedSnapshot snapshot = RecordedSnapshot.of(handlerA, BackupTiming.DEFAULT);
        EntrySink sink = restoreOnB();
        snapshot.writeTo(sink);
        Set<EntryBytes> once = bytes(tableB.entries());
        snapshot.writeTo(sink);
        snapshot.writeTo(restoreOnB());
        assertThat(bytes(tableB.entries())).isEqualTo(once).isNotEmpty();
    }

    @Test
    void whatIsRestoredIsNotReportedAgain() throws Exception {
        fill(tableA);
        try (AutoCloseable watch = handlerB.watch(changesB)) {
            EntrySink sink = restoreOnB();
            RecordedSnapshot snapshot = RecordedSnapshot.of(handlerA, BackupTiming.DEFAULT);
            snapshot.writeTo(sink);
            sink.remove(snapshot.entries().get(0).key());
            assertThat(tableB.size()).isEqualTo(due().size() - 1);
            assertThat(changesB.all()).isEmpty();
            tableB.put(changed(due().get(1)));
            assertThat(changesB.all()).as("the firewall's own change").hasSize(1);
        }
    }

    @Test
    void everyChangeThatIsDueIsReportedAfterWatch() throws Exception {
        try (AutoCloseable watch = handlerA.watch(changesA)) {
            fill(tableA);
            due().forEach(entry -> tableA.put(changed(entry)));
            assertThat(changesA.all()).hasSize(2 * due().size()).noneMatch(EntryBytes::isRemoval);
            replayOnB();
            assertThat(bytes(tableB.entries())).isEqualTo(bytes(due().stream().map(this::changed).toList()));
        }
    }

    @Test
    void whatIsNotDueIsNotReported() throws Exception {
        try (AutoCloseable watch = handlerA.watch(changesA)) {
            notDue().forEach(tableA::put);
            assertThat(changesA.all()).isEmpty();
            tableA.put(due().get(0));
            assertThat(changesA.all()).hasSize(1);
        }
    }

    @Test
    void removalIsReported() throws Exception {
        try (AutoCloseable watch = handlerA.watch(changesA)) {
            fill(tableA);
            replayOnB();
            assertThat(tableB.size()).isEqualTo(due().size());
            changesA.clear();
            due().forEach(tableA::take);
            assertThat(changesA.all()).hasSize(due().size()).allMatch(EntryBytes::isRemoval);
            replayOnB();
            assertThat(tableB.entries()).isEmpty();
        }
    }

    @Test
    void whatWasDueWithQuickBackupIsRemovedAfterItIsSwitchedOff() throws Exception {
        try (AutoCloseable watch = handlerA.watch(changesA)) {
            changesA.timing(BackupTiming.QUICK);
            fill(tableA);
            replayOnB();
            changesA.clear();
            changesA.timing(BackupTiming.DEFAULT);
            Stream.of(due(), notDue()).flatMap(List::stream).forEach(tableA::take);
            replayOnB();
            assertThat(tableB.entries()).isEmpty();
            assertThat(changesA.all()).hasSizeGreaterThanOrEqualTo(due().size()).allMatch(EntryBytes::isRemoval);
        }
    }

    @Test
    void unknownKeyRemovedIsNoError() throws IOException {
        fill(tableA);
        EntryBytes some = RecordedSnapshot.of(handlerA, BackupTiming.DEFAULT).entries().get(0);
        restoreOnB().remove(some.key());
        assertThat(tableB.size()).isZero();
    }

    @Test
    void closingTheWatchStopsReports() throws Exception {
        AutoCloseable watch = handlerA.watch(changesA);
        tableA.put(due().get(0));
        assertThat(changesA.all()).hasSize(1);
        watch.close();
        tableA.put(due().get(1));
        tableA.take(due().get(0));
        assertThat(changesA.all()).hasSize(1);
        assertThat(tableA.watchers()).isZero();
    }

    @Test
    void twoWatchesAreIndependent() throws Exception {
        AutoCloseable first = handlerA.watch(changesA);
        try (AutoCloseable second = handlerA.watch(changesB)) {
            first.close();
            tableA.put(due().get(0));
            assertThat(changesA.all()).isEmpty();
            assertThat(changesB.all()).hasSize(1);
        }
    }

    @Test
    void softFactsDoNotChangeTheValue() throws IOException {
        for (E entry : due()) {
            EntryBytes before = written(entry);
            EntryBytes soft = written(softChanged(entry));
            EntryBytes hard = written(changed(entry));
            assertThat(soft.key()).isEqualTo(before.key());
            assertThat(soft.value()).isEqualTo(before.value());
            assertThat(soft.soft().length == 0 || !Arrays.equals(soft.soft(), before.soft())).as("soft facts travel").isTrue();
            assertThat(hard.key()).isEqualTo(before.key());
            assertThat(hard.value()).isNotEqualTo(before.value());
        }
    }

    @Test
    void entriesAreWithinTheLimits() throws IOException {
        fill(tableA);
        for (EntryBytes entry : RecordedSnapshot.of(handlerA, BackupTiming.QUICK).entries()) {
            EntryLimits.check(entry.key(), entry.value(), entry.soft());
        }
        assertThat(handlerA.layout().length).isLessThanOrEqualTo(EntryLimits.VALUE);
    }

    @Test
    void garbageFromThePeerIsRefusedWithAnIoException() throws IOException {
        fill(tableA);
        List<EntryBytes> entries = RecordedSnapshot.of(handlerA, BackupTiming.DEFAULT).entries();
        EntrySink sink = restoreOnB();
        int refused = 0;
        for (int seed = 0; seed < GARBLED; seed++) {
            Random random = new Random(seed);
            EntryBytes entry = entries.get(seed % entries.size());
            refused += refused(seed, () -> sink.put(garbled(entry.key(), random), garbled(entry.value(), random), entry.soft()));
            refused += refused(seed, () -> sink.remove(garbled(entry.key(), random)));
        }
        assertThat(refused).isPositive();
        assertThatThrownBy(() -> sink.put(new byte[0], new byte[0], new byte[0])).isInstanceOf(IOException.class);
        RecordedSnapshot.of(handlerA, BackupTiming.DEFAULT).writeTo(sink);
        assertThat(bytes(tableB.entries())).as("what came after the garbage").containsAll(bytes(due()));
    }

    @Test
    void aLayoutThatIsGarbageIsRefusedWithAnIoException() {
        byte[] layout = handlerA.layout();
        int refused = 0;
        for (int seed = 0; seed < GARBLED; seed++) {
            Random random = new Random(seed);
            refused += refused(seed, () -> handlerB.restore(new PeerLayout(1, garbled(layout, random))));
        }
        assertThat(layout.length == 0 || refused > 0).isTrue();
    }

    @Test
    void compareIsAntisymmetric() throws IOException {
        for (E entry : due()) {
            EntryBytes one = written(entry);
            EntryBytes other = written(changed(entry));
            int compared = handlerA.compare(one.key(), one.value(), other.value());
            assertThat(Integer.signum(handlerB.compare(one.key(), other.value(), one.value()))).isEqualTo(-Integer.signum(compared));
            assertThat(handlerA.compare(one.key(), one.value(), one.value())).isZero();
        }
    }

    @Test
    void describeLeavesOutNothingButSecrets() throws IOException {
        for (E entry : due()) {
            EntryBytes bytes = written(entry);
            Map<String, Object> described = handlerA.describe(bytes.key(), bytes.value(), bytes.soft());
            Predicate<RecordComponent> secret = component -> component.isAnnotationPresent(Secret.class);
            assertThat(described).doesNotContainKeys(names(secret));
            assertThat(described.isEmpty() || described.keySet().containsAll(List.of(names(secret.negate().and(given(entry)))))).isTrue();
        }
    }

    @Test
    void describingGarbageFailsOnNothing() {
        for (int seed = 0; seed < GARBLED; seed++) {
            Random random = new Random(seed);
            assertThat(handlerA.describe(garbled(new byte[20], random), garbled(new byte[20], random), new byte[0])).isNotNull();
        }
    }

    @Test
    void randomEntriesTravelUnchanged() throws IOException {
        random().travelUnchanged();
    }

    @Test
    void randomEntriesAreComparedTheSameWayOnBothFirewalls() throws IOException {
        random().areComparedTheSameWayOnBoth();
    }

    @Test
    void softFactsOfRandomEntriesDoNotChangeTheValue() throws IOException {
        random().haveValuesWithoutSoftFacts();
    }

    @Test
    void whatALaterVersionAddedIsSkipped() throws IOException {
        random().ofALaterVersionLoseOnlyWhatIsUnknown();
    }

    @Test
    void whatAnEarlierVersionLackedHasItsDefault() throws IOException {
        random().ofAnEarlierVersionHaveDefaults();
    }

    @Test
    void aBrokenEntryIsRefusedWithAnIoExceptionAndChangesNothing() throws IOException {
        random().areRefusedWholeOrTakenWhole();
    }

    @Test
    void aSnapshotWhileTheFirewallGoesOnMissesNothing() throws Exception {
        random().snapshotBesideChangesMissesNothing(due(), due().stream().map(this::changed).toList());
    }

    @Test
    void theComponentSaysWhichTableItBacksUp() throws Exception {
        Map<String, String> properties = ComponentDescription.of(handlerA.getClass()).properties();
        assertThat(properties.get("backup.table.type")).as("table type").matches("[a-z0-9-]{1,64}");
        assertThat(Integer.parseInt(properties.get("backup.table.schema"))).as("schema").isPositive();
        assertThat(ComponentDescription.of(handlerA.getClass()).services()).contains(TableHandler.class.getName());
    }

    private RandomEntryChecks<E> random() {
        return new RandomEntryChecks<>(type, maker, Stream.of(due(), notDue()).flatMap(List::stream).toList());
    }

    private void fill(MemoryFirewallTable<E> table) {
        due().forEach(table::put);
        notDue().forEach(table::put);
    }

    private EntrySink restoreOnB() throws IOException {
        return handlerB.restore(new PeerLayout(1, handlerA.layout()));
    }

    private void replayOnB() throws IOException {
        EntrySink sink = restoreOnB();
        for (EntryBytes change : changesA.all()) {
            if (change.isRemoval()) {
                sink.remove(change.key());
            } else {
                sink.put(change.key(), change.value(), change.soft());
            }
        }
    }

    /** The entry as a handler of its own writes it. */
    private EntryBytes written(E entry) throws IOException {
        MemoryFirewallTable<E> table = new MemoryFirewallTable<>(type);
        table.put(entry);
        return RecordedSnapshot.of(maker.on(table), BackupTiming.DEFAULT).entries().get(0);
    }

    private Set<EntryBytes> bytes(List<E> entries) {
        Set<EntryBytes> bytes = new HashSet<>();
        entries.forEach(entry -> bytes.add(new EntryBytes(codec.key(entry), codec.value(entry), codec.soft(entry))));
        return bytes;
    }

    private static Set<EntryBytes> keys(List<EntryBytes> entries) {
        Set<EntryBytes> keys = new HashSet<>();
        entries.forEach(entry -> keys.add(EntryBytes.removed(entry.key())));
        return keys;
    }

    private String[] names(Predicate<RecordComponent> which) {
        return Stream.of(type.getRecordComponents()).filter(which).map(RecordComponent::getName).toArray(String[]::new);
    }

    private Predicate<RecordComponent> given(E entry) {
        return component -> {
            try {
                return !Optional.empty().equals(component.getAccessor().invoke(entry));
            } catch (ReflectiveOperationException e) {
                throw new AssertionError(component + " cannot be read", e);
            }
        };
    }

    private interface Attempt {
        void run() throws IOException;
    }

    private static int refused(int seed, Attempt attempt) {
        try {
            attempt.run();
            return 0;
        } catch (IOException e) {
            assertThat(e.getMessage()).as("seed " + seed + ": what an operator is told").isNotBlank();
            return 1;
        } catch (RuntimeException e) {
            throw new AssertionError("seed " + seed + ": garbage must end in an IOException", e);
        }
    }

    private static byte[] garbled(byte[] bytes, Random random) {
        byte[] garbled = Arrays.copyOf(bytes, random.nextInt(bytes.length + 4));
        for (int i = random.nextInt(4); i > 0 && garbled.length > 0; i--) {
            garbled[random.nextInt(garbled.length)] = (byte) random.nextInt();
        }
        return garbled;
    }
}
