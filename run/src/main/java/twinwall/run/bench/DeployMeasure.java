/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.google.gson.JsonObject;
import twinwall.run.pair.NodeApi;

/**
 * What it costs the rest to install, update, roll back and remove a vendor's handler through the drop folders of a pair under traffic:
 * packets that
 * the active firewall refused, and entries of the other tables that the two do not have alike afterwards.
 */
final class DeployMeasure implements Measure {

    private static final int SESSIONS = 1000;
    private static final int PACKETS_PER_SECOND = 20_000;
    private static final int LEASES = 500;
    private static final long STEP_NANOS = 60_000_000_000L;

    @Override
    public String name() {
        return "deploy";
    }

    @Override
    public String about() {
        return "a handler installed, updated, rolled back and removed under 20,000 packets/s: packets and entries lost";
    }

    @Override
    public List<Row> run(Workshop workshop) throws IOException, InterruptedException {
        BenchPair pair = BenchPair.plan(workshop, name()).hello(1000, 5).quickBackup().with("twinwall.deploy", "poll_interval_ms", 100)
                .with("twinwall.deploy", "sync_timeout_ms", 3000).make(workshop);
        VendorJars vendor = VendorJars.in(pair.folder());
        vendor.trustedBy(pair.folder().resolve("fw-a"));
        vendor.trustedBy(pair.folder().resolve("fw-b"));
        pair.startBoth();
        pair.a().ask("establish 0 " + SESSIONS);
        pair.awaitInSync();
        Side a = Side.of(pair.a());
        Side b = Side.of(pair.b());
        Map<String, Object> steps = new LinkedHashMap<>();
        OthersInSync others = workshop.own(new OthersInSync(VendorJars.TABLE_TYPE, a.api(), b.api()));
        pair.a().ask("packets " + SESSIONS + " " + PACKETS_PER_SECOND);
        long begun = System.nanoTime();
        deploy(vendor, a, b, steps);
        Reply packets = pair.a().ask("packeted");
        double seconds = (System.nanoTime() - begun) / 1e9;
        others.close();
        long differing = 0;
        for (JsonObject table : a.api().check().values()) {
            differing += table.get("differing").getAsLong();
        }
        Row lost = Row.of(name(), "packets lost while a handler was installed, updated, rolled back and removed under "
                + Numbers.text(PACKETS_PER_SECOND) + " packets/s", packets.number("refused"), "packets").against(Target.atMost(0))
                .with("forwarded", packets.number("forwarded")).with("seconds", seconds);
        for (Map.Entry<String, Object> step : steps.entrySet()) {
            lost = lost.with(step.getKey(), step.getValue());
        }
        return List.of(lost.with("loadAverage", Machine.loadAverage()),
                Row.of(name(), "entries of other tables that the firewalls do not have alike afterwards", differing, "entries")
                        .against(Target.atMost(0)).with("tablesOutOfSyncMeanwhile", others.tables().toString()));
    }

    private static void deploy(VendorJars vendor, Side a, Side b, Map<String, Object> steps)
            throws IOException, InterruptedException {
        Path first = vendor.handler("1.0.0", 1, "LeasesV1");
        Path second = vendor.handler("2.0.0", 2, "LeasesV2");
        Path faulty = vendor.handler("2.1.0", 2, "LeasesThatFail");
        for (Side side : new Side[] {b, a}) {
            side.drop(vendor.table(), "table.jar");
            await("the table on " + side.node().name(), () -> "installed".equals(side.api().verdicts().get("table.jar")));
        }
        step("installMillis", steps, () -> {
            for (Side side : new Side[] {b, a}) {
                side.drop(first, "lease.jar");
            }
            await("both in sync", () -> a.works("1.0.0") && b.works("1.0.0"));
        });
        a.fill(0);
        await("leases on fw-b", () -> b.leases().get("leases").getAsInt() == LEASES);
        step("updateMillis", steps, () -> {
            for (Side side : new Side[] {b, a}) {
                side.drop(second, "lease.jar");
                await("the update on " + side.node().name(), () -> side.works("2.0.0")
                        && "installed".equals(side.api().verdicts().get("lease.jar")));
                a.fill(side == b ? LEASES : 2 * LEASES);
            }
            await("every lease on fw-b, with its host name", () -> b.leases().get("named").getAsInt() == 3 * LEASES);
        });
        step("rollbackMillis", steps, () -> {
            b.drop(faulty, "lease.jar");
            await("the rollback", () -> "not-in-sync".equals(b.api().verdicts().get("lease.jar")) && b.works("2.0.0"));
        });
        a.fill(3 * LEASES);
        await("later leases on fw-b", () -> b.leases().get("named").getAsInt() == 4 * LEASES);
        steps.put("leasesOnA", a.leases().get("leases").getAsInt());
        steps.put("leasesOnB", b.leases().get("leases").getAsInt());
        step("removalMillis", steps, () -> {
            for (Side side : new Side[] {b, a}) {
                Files.delete(side.folder().resolve("lease.jar"));
                await("the removal from " + side.node().name(), () -> !side.api().status().types().contains(VendorJars.TABLE_TYPE)
                        || side.api().status().handler(VendorJars.TABLE_TYPE).isEmpty());
            }
        });
    }

    /** A firewall of the pair. */
    private record Side(BenchNode node, NodeApi api) {

        static Side of(BenchNode node) throws IOException {
            return new Side(node, new NodeApi(node.side().managementPort(), node.side().token()));
        }

        Path folder() {
            return node.side().folder().resolve("handlers");
        }

        void drop(Path jar, String name) throws IOException {
            Files.copy(jar, folder().resolve(name), StandardCopyOption.REPLACE_EXISTING);
        }

        boolean works(String version) throws IOException {
            NodeApi.Status status = api.status();
            return status.handler(VendorJars.TABLE_TYPE).equals("com.example.lease " + version)
                    && !status.outOfSync("").contains(VendorJars.TABLE_TYPE);
        }

        void fill(int first) throws IOException {
            api.command("lease", "fill", Map.of("first", String.valueOf(first), "count", String.valueOf(LEASES)));
        }

        JsonObject leases() throws IOException {
            return api.command("lease", "count", Map.of());
        }
    }

    private interface Step {
        void run() throws IOException, InterruptedException;
    }

    private interface Condition {
        boolean holds() throws IOException;
    }

    private static void step(String name, Map<String, Object> steps, Step step) throws IOException, InterruptedException {
        long begun = System.nanoTime();
        step.run();
        steps.put(name, (System.nanoTime() - begun) / 1_000_000);
    }

    private static void await(String what, Condition condition) throws IOException, InterruptedException {
        long end = System.nanoTime() + STEP_NANOS;
        while (!condition.holds()) {
            if (System.nanoTime() > end) {
                throw new IOException("Not within " + STEP_NANOS / 1_000_000_000 + " s: " + what);
            }
            Thread.sleep(10);
        }
    }
}
