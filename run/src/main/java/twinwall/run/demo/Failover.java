/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

import twinwall.run.capture.CaptureException;
import twinwall.run.capture.CaptureReader;
import twinwall.run.node.PairFolder;
import twinwall.run.pair.FirewallPair;
import twinwall.run.pair.NodeApi;
import twinwall.run.pair.NodePackets;
import twinwall.run.pair.NotStartedException;
import twinwall.run.pair.PacketPath;
import twinwall.run.report.Paragraph;
import twinwall.run.report.Timeline;

/** The three runs of the demo: a firewall that never fails, a failover without backup, both in this process; then two real firewalls. */
final class Failover {

    /** RFC 5737: belongs to nobody. */
    private static final String NAPT_POOL = "203.0.113.1-203.0.113.2";
    private static final long BACKUP_WITHIN_MILLIS = 2000;
    private static final int PROGRESS_STEPS = 10;
    private static final int PROGRESS_FROM_PACKETS = 20_000;

    private final Options options;
    private final Capture capture;
    private final Plan plan;
    private final int failPoint;
    private final Timeline timeline;
    private final Consumer<AutoCloseable> owner;
    private final List<String> remarks = new ArrayList<>();

    /**
     * Prepares the runs.
     *
     * @param owner closes what it is given when the program ends, however it ends
     */
    Failover(Options options, Capture capture, Timeline timeline, Consumer<AutoCloseable> owner) {
        this.options = options;
        this.capture = capture;
        this.timeline = timeline;
        this.owner = owner;
        plan = capture.plan();
        int wanted = options.failAt().in(plan.packets());
        failPoint = plan.failPointFrom(wanted);
        remarks.addAll(capture.remarks());
        if (failPoint != wanted) {
            remarks.add("The kill was moved from packet " + wanted + " to " + failPoint + ", behind the last fragment of a datagram: "
                    + "which datagram a fragment belongs to is not a service table and is not backed up.");
        }
    }

    /** Runs all three. */
    Result run(Path work) throws IOException, NotStartedException {
        timeline.beginning("Starting two firewalls as two processes");
        FirewallPair pair = FirewallPair.start(work, Set.of(), this::settings);
        owner.accept(pair);
        Trial uninterrupted = new Trial(plan);
        SessionsAtFailure sessions = new SessionsAtFailure(new DueRule(options.quickBackup()));
        runUninterrupted(uninterrupted, sessions);
        Trial withoutBackup = new Trial(plan);
        runWithoutBackup(withoutBackup);
        pair.awaitReady(sessions.types());
        timeline.happened("FW_A is active, FW_B is standby and has every table.");
        try {
            return failOver(pair, uninterrupted, withoutBackup, sessions);
        } catch (CaptureException e) {
            throw e;
        } catch (IOException e) {
            throw pair.explained(e);
        }
    }

    private Result failOver(FirewallPair pair, Trial uninterrupted, Trial withoutBackup, SessionsAtFailure sessions)
            throws IOException, NotStartedException {
        Trial withBackup = new Trial(plan);
        // Nobody asks a firewall that dies at once; what it held is then known from the uninterrupted run.
        Map<String, Map<String, String>> onA = Map.of();
        Map<String, Map<String, String>> onB;
        long waited = 0;
        long atRisk = Result.NOT_ASKED;
        long takeover;
        try (CaptureReader reader = capture.open()) {
            try (NodePackets a = NodePackets.connect(pair.a().packetPort())) {
                SampleBlacklist.putOn(pair.a().api()::command);
                send(withBackup, reader, 0, failPoint, a);
                timeline.happened(Paragraph.count(failPoint, "packet") + " sent through FW_A, " + withBackup.forwarded(0, failPoint)
                        + " forwarded.");
                if (!options.killAtOnce()) {
                    long begin = System.nanoTime();
                    atRisk = pair.awaitBackup(BACKUP_WITHIN_MILLIS);
                    waited = (System.nanoTime() - begin) / 1_000_000;
                    timeline.happened(waitText(waited, atRisk));
                    onA = entries(pair.a().api(), sessions);
                }
            }
            takeover = pair.failOver();
            withBackup.failOver();
            timeline.happened("FW_A killed with SIGKILL" + (options.killAtOnce() ? ", at once and in the middle of its work" : "")
                    + "; FW_B is active " + takeover + " ms later.");
            onB = entries(pair.b().api(), sessions);
            try (NodePackets b = NodePackets.connect(pair.b().packetPort())) {
                send(withBackup, reader, failPoint, plan.packets(), b);
            }
        }
        timeline.happened(Paragraph.count(plan.packets() - failPoint, "packet") + " sent through FW_B, "
                + withBackup.forwarded(failPoint, plan.packets()) + " forwarded.");
        return result(uninterrupted, withoutBackup, withBackup, sessions, tables(sessions, onA, onB), takeover, waited, atRisk);
    }

    private void runUninterrupted(Trial trial, SessionsAtFailure sessions) throws IOException {
        try (CaptureReader reader = capture.open(); LibraryFirewall firewall = library()) {
            SampleBlacklist.putOn(firewall);
            send(trial, reader, 0, failPoint, firewall);
            firewall.show(sessions);
            send(trial, reader, failPoint, plan.packets(), firewall);
        }
    }

    private void runWithoutBackup(Trial trial) throws IOException {
        try (CaptureReader reader = capture.open()) {
            try (LibraryFirewall a = library()) {
                SampleBlacklist.putOn(a);
                send(trial, reader, 0, failPoint, a);
            }
            trial.failOver();
            try (LibraryFirewall b = library()) {
                send(trial, reader, failPoint, plan.packets(), b);
            }
        }
    }

    private void send(Trial trial, CaptureReader reader, int from, int to, PacketPath firewall) throws IOException {
        boolean shown = plan.packets() >= PROGRESS_FROM_PACKETS && firewall instanceof NodePackets;
        int step = Math.max(1, (to - from) / PROGRESS_STEPS);
        for (int packet = from; packet < to; packet++) {
            trial.send(packet, reader.next(), firewall);
            if (shown && (packet - from + 1) % step == 0) {
                timeline.beginning("packet " + (packet + 1) + " of " + plan.packets());
            }
        }
    }

    private LibraryFirewall library() {
        return LibraryFirewall.forCaptures(naptPool());
    }

    private void settings(PairFolder.Plan plan) {
        plan.with("twinwall.group", "quick_backup", String.valueOf(options.quickBackup()))
                .with("twinwall.firewall.embedded", "clock", "packets");
        if (options.translate()) {
            plan.with("twinwall.firewall.embedded", "napt_pool", naptPool());
        }
    }

    private String naptPool() {
        return options.translate() ? NAPT_POOL : "";
    }

    private static String waitText(long waited, long atRisk) {
        return atRisk == 0 ? "FW_B has confirmed every change (waited " + waited + " ms for it)."
                : "FW_B has not confirmed " + atRisk + " changes within " + waited + " ms; FW_A is killed all the same.";
    }

    private static Map<String, Map<String, String>> entries(NodeApi api, SessionsAtFailure sessions) throws IOException {
        Map<String, Map<String, String>> entries = new TreeMap<>();
        for (String type : sessions.types()) {
            entries.put(type, api.entries(type, sessions.text(type)));
        }
        return entries;
    }

    private List<TableCount> tables(SessionsAtFailure sessions, Map<String, Map<String, String>> onA,
            Map<String, Map<String, String>> onB) {
        List<TableCount> tables = new ArrayList<>();
        for (String type : sessions.types()) {
            TableCount.Held held = sessions.held(type);
            Map<String, String> due = onA.getOrDefault(type, sessions.due(type));
            if (sessions.due(type).size() != due.size()) {
                remarks.add("FW_A lists " + due.size() + " entries of " + type + " as due for backup, where a firewall with the same "
                        + "packets holds " + sessions.due(type).size() + ".");
            }
            if (held.entries() > 0 || !due.isEmpty() || !onB.get(type).isEmpty()) {
                tables.add(TableCount.of(type, held, due, onB.get(type)));
            }
        }
        return tables;
    }

    private Result result(Trial uninterrupted, Trial withoutBackup, Trial withBackup, SessionsAtFailure sessions, List<TableCount> tables,
            long takeover, long waited, long atRisk) {
        return new Result(options.capture().toString(), plan.packets(), failPoint, capture.seconds(), plan.flows().size(),
                options.quickBackup(), options.translate(), uninterrupted.forwarded().cardinality(),
                uninterrupted.forwarded(failPoint, plan.packets()), uninterrupted.reasons(),
                Cost.of(plan, failPoint, uninterrupted, withBackup, sessions),
                Cost.of(plan, failPoint, uninterrupted, withoutBackup, sessions), takeover, waited, atRisk, tables, timeline.events(),
                List.copyOf(remarks));
    }
}
