/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import twinwall.firewall.embedded.EmbeddedFirewall;
import twinwall.run.bench.TableUnderTest.Pace;

/**
 * Every handler on the class path alone, in the bench's own process on one thread: entries a second for each step, bytes, and the heap of a
 * large table in the embedded firewall.
 */
final class TablesMeasure implements Measure {

    private static final int ENTRIES = 100_000;
    private static final int QUICK_ENTRIES = 10_000;
    private static final int LARGE = 1_000_000;
    private static final int QUICK_LARGE = 50_000;
    private static final int ROUNDS = 5;
    private static final int LEAST_MEASURED = 50_000;
    private static final int LEAST_PER_SECOND = 200_000;
    private static final int LARGE_IN_BYTES = 1 << 30;

    @Override
    public String name() {
        return "tables";
    }

    @Override
    public String about() {
        return "entries/s of each handler on one core, bytes and heap per entry";
    }

    @Override
    public List<Row> run(Workshop workshop) throws IOException {
        List<Row> rows = new ArrayList<>();
        for (Map.Entry<String, Class<?>> handler : HandlerClasses.on(TablesMeasure.class.getClassLoader()).entrySet()) {
            String type = handler.getKey();
            if (handler.getValue().getPackageName().startsWith("twinwall.bench")) {
                continue;
            }
            workshop.tell(type);
            try {
                TableUnderTest<?> table = TableUnderTest.of(type, handler.getValue());
                rows.add(speed(type, table, Math.min(table.most(), workshop.quick() ? QUICK_ENTRIES : ENTRIES)));
                if (!TablePlans.FEW.contains(type)) {
                    rows.add(memory(type, table, Math.min(table.most(), workshop.quick() ? QUICK_LARGE : LARGE)));
                }
            } catch (IOException | RuntimeException e) {
                rows.add(Row.notMeasured(name(), type + ": " + e.getMessage()));
            }
        }
        return rows.isEmpty() ? List.of(Row.notMeasured(name(), "there is no handler bundle on the class path")) : rows;
    }

    private <E extends Record> Row speed(String type, TableUnderTest<E> table, int count) throws IOException {
        List<E> made = table.made(count);
        List<byte[][]> bytes = table.bytes(made);
        double put = 0;
        double encode = 0;
        double decode = 0;
        double restore = 0;
        Pace last = null;
        // The fastest round counts: the first ones warm up, and others may use the machine.
        int rounds = Math.max(ROUNDS, ROUNDS * LEAST_MEASURED / count);
        for (int round = 0; round < rounds; round++) {
            Pace reported = table.put(made);
            if (reported.taken() != made.size()) {
                throw new IOException("the bench's entries are not due: " + reported.taken() + " of " + made.size() + " were reported");
            }
            put = Math.max(put, reported.perSecond());
            encode = Math.max(encode, table.encode(made).perSecond());
            decode = Math.max(decode, table.decode(bytes).perSecond());
            last = table.restore(table.firewall(), bytes);
            restore = Math.max(restore, last.perSecond());
        }
        boolean restored = last.taken() == made.size();
        double slowest = Math.min(Math.min(put, encode), restored ? Math.min(decode, restore) : decode);
        double perEntry = bytes.stream().mapToLong(entry -> (long) entry[0].length + entry[1].length + entry[2].length).average().orElse(0);
        Row row = Row.of(name(), type + ": entries on one core, slowest of put, encode, decode, restore", slowest, "entries/s")
                .with("table", type).with("putPerSecond", put).with("encodePerSecond", encode).with("decodePerSecond", decode)
                .with("restorePerSecond", restored ? (Object) restore : "not measured: " + why(last)).with("bytesPerEntry", perEntry);
        return TablePlans.FEW.contains(type) ? row : row.against(Target.atLeast(LEAST_PER_SECOND));
    }

    private static String why(Pace restored) {
        return "the firewall took " + restored.taken() + " of the bench's entries" + (restored.refused().isEmpty() ? ""
                : ", refused " + restored.refused());
    }

    private Row memory(String type, TableUnderTest<?> table, int count) throws IOException {
        EmbeddedFirewall firewall = table.firewall();
        long before = heap();
        long taken = 0;
        try {
            taken = table.fill(firewall, count);
        } catch (IOException full) {
            taken = firewall.tables().get(type).size();
        }
        long used = heap() - before;
        if (taken < count / 2) {
            return Row.notMeasured(name(), type + ": heap: the firewall took " + taken + " of " + count + " entries");
        }
        return Row.of(name(), type + ": heap per entry in the embedded firewall", (double) used / taken, "bytes/entry")
                .against(Target.atMost((double) LARGE_IN_BYTES / LARGE)).with("table", type)
                .with("entries", taken);
    }

    /** The first collection lets go of what references hold, the second sees it gone. */
    private static long heap() {
        System.gc();
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
