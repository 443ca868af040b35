/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
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
    private static final int LEAST_MEASURED = 100_000;
    /** After so long a step is not repeated: signatures are looked at a few thousand times a second. */
    private static final long MOST_NANOS = 3_000_000_000L;
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
            if (!handler.getValue().getPackageName().startsWith("twinwall.bench")) {
                workshop.tell(handler.getKey());
                rows.addAll(rows(handler.getKey(), handler.getValue(), workshop.quick()));
            }
        }
        return rows.isEmpty() ? List.of(Row.notMeasured(name(), "there is no handler bundle on the class path")) : rows;
    }

    /** One for the speed, and unless entries are few, one for the heap. */
    List<Row> rows(String type, Class<?> handler, boolean quick) {
        List<Row> rows = new ArrayList<>();
        TableUnderTest<?> table;
        try {
            table = TableUnderTest.of(type, handler, LARGE);
        } catch (IOException | RuntimeException e) {
            return List.of(notMeasured(type, TableLines.SPEED, e));
        }
        try {
            rows.add(speed(type, table, Math.min(table.most(), quick ? QUICK_ENTRIES : ENTRIES)));
        } catch (IOException | RuntimeException e) {
            rows.add(notMeasured(type, TableLines.SPEED, e));
        }
        if (TablePlans.FEW.contains(type)) {
            return rows;
        }
        try {
            rows.add(memory(type, table, Math.min(table.most(), quick ? QUICK_LARGE : LARGE)));
        } catch (IOException | RuntimeException e) {
            rows.add(notMeasured(type, TableLines.HEAP, e));
        }
        return rows;
    }

    private Row notMeasured(String type, String part, Exception why) {
        return TableLines.part(Row.notMeasured(name(), type + ": " + part, String.valueOf(why.getMessage())), type, part);
    }

    private <E extends Record> Row speed(String type, TableUnderTest<E> table, int count) throws IOException {
        List<E> made = table.made(count);
        List<byte[][]> bytes = table.bytes(made);
        Map<String, Double> steps = new LinkedHashMap<>();
        steps.put("put", fastest("put", count, () -> table.put(made)));
        steps.put("encode", fastest("encode", count, () -> table.encode(made)));
        steps.put("decode", fastest("decode", count, () -> table.decode(bytes)));
        steps.put("restore", fastest("restore", count, () -> table.restore(table.firewall(), bytes)));
        double slowest = Collections.min(steps.values());
        Row row = TableLines.part(Row.of(name(), type + ": entries on one core, slowest of put, encode, decode, restore", slowest,
                "entries/s"), type, TableLines.SPEED);
        for (Map.Entry<String, Double> step : steps.entrySet()) {
            row = row.with(step.getKey() + "PerSecond", step.getValue());
        }
        row = row.with("bytesPerEntry", bytes.stream().mapToLong(entry -> (long) entry[0].length + entry[1].length + entry[2].length)
                .average().orElse(0)).with("entries", count);
        return TablePlans.FEW.contains(type) ? row : row.against(Target.atLeast(LEAST_PER_SECOND));
    }

    /** One of the four steps. */
    @FunctionalInterface
    private interface Step {

        Pace run() throws IOException;
    }

    /** Entries a second in the fastest round: the first ones warm up, and others may use the machine. */
    private static double fastest(String step, int count, Step round) throws IOException {
        double fastest = 0;
        long end = System.nanoTime() + MOST_NANOS;
        for (int i = 0; i < ROUNDS || i * count < LEAST_MEASURED && System.nanoTime() < end; i++) {
            Pace pace = round.run();
            if (pace.taken() != count) {
                throw new IOException(step + ": " + pace.taken() + " of the bench's " + count + " entries went through"
                        + (pace.refused().isEmpty() ? "" : ", refused " + pace.refused()));
            }
            fastest = Math.max(fastest, pace.perSecond());
        }
        return fastest;
    }

    private Row memory(String type, TableUnderTest<?> table, int count) throws IOException {
        EmbeddedFirewall firewall = table.firewall();
        long before = heap();
        table.fill(firewall, count);
        long used = heap() - before;
        long held = firewall.tables().get(type).size();
        return TableLines.part(Row.of(name(), type + ": heap per entry in the embedded firewall", (double) used / held, "bytes/entry")
                .against(Target.atMost((double) LARGE_IN_BYTES / LARGE)), type, TableLines.HEAP)
                .with("entries", held).with("heapMiB", used >> 20);
    }

    /** The first collection lets go of what references hold, the second sees it gone. */
    private static long heap() {
        System.gc();
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
