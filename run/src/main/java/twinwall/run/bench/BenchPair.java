/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import twinwall.run.node.PairFolder;
import twinwall.run.node.Refusal;
import twinwall.run.trials.wiring.End;
import twinwall.run.trials.wiring.Wiring;

/** Two firewalls of a group on loopback with TLS, as two processes. Both start by hand, so that a measure can watch one come up. */
final class BenchPair {

    /** A pair that is not up to date after that time, on a busy machine too, is not going to be. */
    static final int PATIENCE_SECONDS = 180;

    private final Workshop workshop;
    private final PairFolder folders;
    private final Path folder;
    private final String jvmOptions;
    private BenchNode a;
    private BenchNode b;

    private BenchPair(Workshop workshop, Path folder, PairFolder folders, String jvmOptions) {
        this.jvmOptions = jvmOptions;
        this.workshop = workshop;
        this.folder = folder;
        this.folders = folders;
    }

    /** What the firewalls shall be like. */
    static final class Plan {

        private final Path folder;
        private final PairFolder.Plan plan;
        private String jvmOptions = BenchNode.jvmOptions();
        private Wiring wiring;

        private Plan(Path folder) {
            this.folder = folder;
            this.plan = PairFolder.at(folder.resolve("fw-a"), folder.resolve("fw-b"));
        }

        /** Hellos that load does not disturb, quick to begin. */
        Plan hello(int intervalMillis, int misses) {
            return group("hello_interval_ms", intervalMillis).group("hello_misses", misses);
        }

        /** More options for the JVM of both. */
        Plan jvm(String more) {
            jvmOptions += " " + more;
            return this;
        }

        /** Joins both by cables that can be cut. */
        Plan wiring(Wiring by) {
            wiring = by;
            return this;
        }

        Plan quickBackup() {
            return group("quick_backup", true);
        }

        Plan group(String key, Object value) {
            return with("twinwall.group", key, value);
        }

        Plan firewall(String key, Object value) {
            return with("twinwall.firewall.embedded", key, value);
        }

        /** A setting of any PID. */
        Plan with(String pid, String key, Object value) {
            plan.with(pid, key, value.toString());
            return this;
        }

        BenchPair make(Workshop workshop) throws IOException {
            try {
                PairFolder made = plan.make();
                if (wiring != null) {
                    wiring.tell(End.A, made.a());
                    wiring.tell(End.B, made.b());
                }
                for (PairFolder.Side side : new PairFolder.Side[] {made.a(), made.b()}) {
                    Files.writeString(side.folder().resolve("twinwall.bench.cfg"),
                            "port_file = " + BenchNode.portFile(side.folder()) + "\n");
                }
                return new BenchPair(workshop, folder, made, jvmOptions);
            } catch (Refusal e) {
                throw new IOException("The firewalls cannot be configured: " + e.getMessage(), e);
            }
        }
    }

    static Plan plan(Workshop workshop, String name) throws IOException {
        return new Plan(workshop.newFolder(name));
    }

    BenchNode startA() throws IOException {
        a = workshop.own(BenchNode.start(folders.a(), jvmOptions));
        return a;
    }

    BenchNode startB() throws IOException {
        b = workshop.own(BenchNode.start(folders.b(), jvmOptions));
        return b;
    }

    /** Both, A active and B ready to take over. */
    void startBoth() throws IOException {
        startA();
        startB();
        awaitReady();
    }

    /** Both, A before B, so that A is active however busy the machine is. */
    void startBothInOrder() throws IOException {
        startA();
        a.await("active", PATIENCE_SECONDS, status -> status.text("role").equals("active"));
        startB();
        awaitReady();
    }

    void awaitReady() throws IOException {
        a.await("active", PATIENCE_SECONDS, status -> status.text("role").equals("active"));
        awaitInSync();
    }

    /** Both have everything but what is just under way. */
    void awaitInSyncUnderLoad() throws IOException {
        for (BenchNode node : new BenchNode[] {a, b}) {
            node.await("in sync", PATIENCE_SECONDS, status -> status.flag("inSync") && status.flag("ready") && status.flag("peerReady")
                    && status.flag("running"));
        }
    }

    /** Whoever is active. */
    void awaitInSync() throws IOException {
        for (BenchNode node : new BenchNode[] {a, b}) {
            node.await("in sync", PATIENCE_SECONDS, status -> status.flag("inSync") && status.number("lag") == 0 && status.flag("ready")
                    && status.flag("peerReady") && status.flag("running"));
        }
    }

    BenchNode a() {
        return a;
    }

    BenchNode b() {
        return b;
    }

    Path folder() {
        return folder;
    }

    /** Starts a killed one again. */
    BenchNode restart(BenchNode killed) throws IOException {
        return killed == a ? startA() : startB();
    }

    BenchNode other(BenchNode node) {
        return node == a ? b : a;
    }
}
