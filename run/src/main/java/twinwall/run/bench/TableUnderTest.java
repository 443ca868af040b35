/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import java.util.stream.Stream;

import twinwall.firewall.EntryVisitor;
import twinwall.firewall.FirewallTable;
import twinwall.firewall.TableWatcher;
import twinwall.firewall.embedded.EmbeddedFirewall;
import twinwall.firewall.embedded.FirewallSettings;
import twinwall.handler.RecordTableHandler;
import twinwall.record.RecordCodec;
import twinwall.spi.BackupTiming;
import twinwall.spi.ChangeSink;
import twinwall.spi.EntrySink;
import twinwall.spi.PeerLayout;
import twinwall.spi.TableHandler;

/**
 * One table with its handler, on one thread: what each step of an entry's way to the peer costs. The time is the thread's on a processor,
 * so that others who use the machine count for little.
 */
final class TableUnderTest<E extends Record> {

    private static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();

    private final String type;
    private final Constructor<?> handler;
    private final RecordCodec<E> codec;
    private final LongFunction<E> entries;
    private final TablePlan plan;
    private final Imported imported;
    private final int most;

    /** How many entries a second of processor time, and what became of them. */
    record Pace(double perSecond, long taken, Map<String, Long> refused) {
    }

    private TableUnderTest(String type, Constructor<?> handler, Class<E> entry, int limit) throws IOException {
        this.type = type;
        this.handler = handler;
        codec = RecordCodec.of(entry);
        plan = TablePlans.of(type);
        most = Math.min(limit, plan.most());
        imported = plan.imports() == null ? null : plan.imports().make(most);
        entries = imported == null ? new NumberedEntries<>(entry, plan.components())::entry
                : number -> entry.cast(imported.entries().get((int) number));
    }

    /**
     * The table that the handler class backs up, with {@code limit} entries at most.
     *
     * @throws IOException when it is no handler of records that takes the firewall's table and nothing else
     */
    static TableUnderTest<?> of(String type, Class<?> handler, int limit) throws IOException {
        Constructor<?> constructor = Stream.of(handler.getConstructors())
                .filter(each -> each.getParameterCount() == 1 && each.getParameterTypes()[0] == FirewallTable.class).findFirst()
                .orElseThrow(() -> new IOException(handler.getSimpleName() + " is not made from a FirewallTable alone"));
        if (RecordTableHandler.class.isAssignableFrom(handler) && handler.getGenericSuperclass() instanceof ParameterizedType base) {
            return new TableUnderTest<>(type, constructor, ((Class<?>) base.getActualTypeArguments()[0]).asSubclass(Record.class),
                    limit);
        }
        throw new IOException(handler.getSimpleName() + " is no RecordTableHandler");
    }

    private TableHandler on(FirewallTable<?> table) throws IOException {
        try {
            return (TableHandler) handler.newInstance(table);
        } catch (ReflectiveOperationException e) {
            throw new IOException(handler.getDeclaringClass().getSimpleName() + " cannot be made: " + e, e);
        }
    }

    /** How many entries the bench gives it at most. */
    int most() {
        return most;
    }

    List<E> made(int count) {
        List<E> made = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            made.add(entries.apply(i));
        }
        return made;
    }

    /** The firewall reports a change, the handler gives bytes to the engine. */
    Pace put(List<E> made) throws IOException {
        Reporting<E> table = new Reporting<>();
        Counting sink = new Counting();
        on(table).watch(sink);
        long begin = CPU.getCurrentThreadCpuTime();
        made.forEach(table.watcher::changed);
        return pace(made.size(), begin, sink.puts, Map.of());
    }

    /** Records to bytes. */
    Pace encode(List<E> made) {
        long bytes = 0;
        long begin = CPU.getCurrentThreadCpuTime();
        for (E entry : made) {
            bytes += codec.key(entry).length + codec.value(entry).length + codec.soft(entry).length;
        }
        return pace(made.size(), begin, bytes > 0 ? made.size() : 0, Map.of());
    }

    /** Bytes to records. */
    Pace decode(List<byte[][]> bytes) throws IOException {
        long found = 0;
        long begin = CPU.getCurrentThreadCpuTime();
        for (byte[][] entry : bytes) {
            found += codec.entry(entry[0], entry[1], entry[2]) == null ? 0 : 1;
        }
        return pace(bytes.size(), begin, found, Map.of());
    }

    List<byte[][]> bytes(List<E> made) {
        return made.stream().map(entry -> new byte[][] {codec.key(entry), codec.value(entry), codec.soft(entry)}).toList();
    }

    /** A firewall that takes entries of this table. */
    EmbeddedFirewall firewall() throws IOException {
        EmbeddedFirewall firewall = new EmbeddedFirewall(FirewallSettings.of(plan.settings()));
        if (!firewall.tables().containsKey(type)) {
            throw new IOException("the embedded firewall has no table " + type);
        }
        if (imported != null) {
            imported.prepare(firewall);
        }
        return firewall;
    }

    /** Bytes to entries in the firewall's own table. Stops where the table is full. */
    Pace restore(EmbeddedFirewall firewall, List<byte[][]> bytes) throws IOException {
        TableHandler peer = on(firewall.tables().get(type));
        EntrySink sink = peer.restore(new PeerLayout(1, peer.layout()));
        long begin = CPU.getCurrentThreadCpuTime();
        for (byte[][] entry : bytes) {
            sink.put(entry[0], entry[1], entry[2]);
        }
        return pace(bytes.size(), begin, peer.size(), peer.refused());
    }

    /**
     * As {@link #restore} of entries that are made one by one, so that nothing else stays in the heap.
     *
     * @throws IOException when the firewall does not take every one
     */
    void fill(EmbeddedFirewall firewall, int count) throws IOException {
        TableHandler peer = on(firewall.tables().get(type));
        EntrySink sink = peer.restore(new PeerLayout(1, peer.layout()));
        for (int i = 0; i < count; i++) {
            E entry = entries.apply(i);
            sink.put(codec.key(entry), codec.value(entry), codec.soft(entry));
        }
        if (peer.size() != count) {
            throw new IOException("the firewall took " + peer.size() + " of " + count + " entries, refused " + peer.refused());
        }
    }

    private static Pace pace(int count, long begin, long taken, Map<String, Long> refused) {
        return new Pace(count * 1e9 / Math.max(1, CPU.getCurrentThreadCpuTime() - begin), taken, refused);
    }

    /** A table that does nothing but report. */
    private static final class Reporting<E extends Record> implements FirewallTable<E> {

        private TableWatcher<? super E> watcher;

        @Override
        public AutoCloseable watch(TableWatcher<? super E> added) {
            watcher = added;
            return () -> { };
        }

        @Override
        public void visit(EntryVisitor<? super E> visitor) {
            // It has no entries.
        }

        @Override
        public void restore(E entry) {
            // It has no entries.
        }

        @Override
        public void forget(E key) {
            // It has no entries.
        }

        @Override
        public int size() {
            return 0;
        }
    }

    private static final class Counting implements ChangeSink {

        private long puts;

        @Override
        public BackupTiming timing() {
            return BackupTiming.DEFAULT;
        }

        @Override
        public void put(byte[] key, byte[] value, byte[] soft) {
            puts++;
        }

        @Override
        public void remove(byte[] key) {
            puts--;
        }
    }
}
