/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.soak;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;

import twinwall.run.pair.NotStartedException;
import twinwall.run.program.Owned;
import twinwall.run.report.Timeline;
import twinwall.run.tables.Preparations;
import twinwall.run.tables.Scenario;
import twinwall.run.tables.Scenarios;
import twinwall.run.trials.failure.Failure;
import twinwall.run.trials.failure.NotAsExpectedException;
import twinwall.run.trials.stage.Confirmations;
import twinwall.run.trials.stage.Load;
import twinwall.run.trials.stage.Round;
import twinwall.run.trials.stage.Stage;
import twinwall.run.trials.stage.TrialNode;
import twinwall.run.trials.stage.TrialPair;
import twinwall.run.trials.traffic.Traffic;
import twinwall.run.trials.wiring.LoopbackWiring;
import twinwall.run.trials.wiring.Wiring;

/**
 * One failure after the other on one pair under load. In the first half of the time processes are killed too; in the second half they live
 * on, so that it shows whether they grow. For one thread, but for {@link #soFar}.
 */
final class SoakRun {

    /** What scenarios on pairs of their own want otherwise, and times short enough for entries to expire. */
    private static final Map<String, String> DECIDED = Map.ofEntries(Map.entry("napt_pool", "203.0.113.1-203.0.113.4"),
            Map.entry("napt_ports", "1024-65535"), Map.entry("napt_port_block_size", "256"), Map.entry("napt_port_block_timeout_s", "20"),
            Map.entry("car_nat_limit", "60000"), Map.entry("car_nat_timeout_s", "20"), Map.entry("nopat_pool", "203.0.113.128/26"),
            Map.entry("nopat_timeout_s", "20"), Map.entry("switch_mac", "02:00:00:00:00:01"), Map.entry("nat64_timeout_s", "20"),
            Map.entry("dslite_timeout_s", "20"), Map.entry("slb_sticky_s", "30"), Map.entry("slb_http_sticky_s", "60"),
            Map.entry("udp_new_timeout_s", "20"), Map.entry("udp_established_timeout_s", "60"),
            Map.entry("destination_nat", "tcp 203.0.113.90 port 443 -> 10.33.0.10-10.33.0.13 port 8443 ttl 30"));

    private final Options options;
    private final Timeline timeline;
    private final Owned owned;
    private final double loadBefore = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    private final List<Scenario> scenarios = Scenarios.backedUp();
    private final List<Happened> happened = new CopyOnWriteArrayList<>();
    private final Map<String, List<Sample>> samples = new LinkedHashMap<>();
    private final List<LogErrors> logs = new ArrayList<>();
    private TableLoad tables;
    private Contents contents;
    private long began;
    private boolean complete;

    SoakRun(Options options, Timeline timeline, Owned owned) {
        this.options = options;
        this.timeline = timeline;
        this.owned = owned;
    }

    /** Starts both firewalls and lets failures happen until the time is over. */
    Findings run() throws IOException, NotStartedException {
        Preparations preparations = new Preparations(scenarios, DECIDED);
        Wiring wiring = new LoopbackWiring();
        owned.own(wiring);
        timeline.beginning("Starting two firewalls as two processes (" + wiring.name() + ")");
        TrialPair pair = TrialPair.start(options.work(), wiring, options.timing(), preparations);
        owned.own(pair);
        pair.withoutCounting();
        Traffic traffic = new Traffic(end -> pair.node(end)::packets);
        owned.own(traffic);
        owned.own(new Confirmations(pair.nodes(), traffic));
        pair.awaitStart();
        synchronized (this) {
            contents = new Contents(scenarios, pair);
            tables = new TableLoad(scenarios, pair, preparations, options.seed());
            began = System.nanoTime();
        }
        owned.own(tables);
        pair.nodes().forEach(node -> logs.add(new LogErrors(node.log())));
        keepFailing(pair, traffic);
        synchronized (this) {
            complete = true;
        }
        return soFar();
    }

    private void keepFailing(TrialPair pair, Traffic traffic) throws IOException {
        Random random = new Random(options.seed());
        Load load = on -> {
            traffic.waves(on);
            tables.on(on);
        };
        long lasts = (long) (options.minutes() * 60e9);
        for (long passed = 0; passed < lasts; passed = System.nanoTime() - began) {
            boolean mayKill = passed < lasts / 2;
            List<Failure> gentle = options.failures().stream().filter(each -> !each.name().startsWith("kill")).toList();
            List<Failure> possible = mayKill || gentle.isEmpty() ? options.failures() : gentle;
            Failure failure = possible.get(random.nextInt(possible.size()));
            Happened next = one(failure, pair, traffic, load, random);
            happened.add(next);
            tell(next);
            if (!next.faults().isEmpty()) {
                pair.keepStatus(failure.name() + "-" + happened.size());
                pair.mend();
            }
        }
    }

    private Happened one(Failure failure, TrialPair pair, Traffic traffic, Load load, Random random) throws IOException {
        Round round;
        List<String> faults = new ArrayList<>();
        try {
            round = new Stage(options.timing(), pair, traffic, load, random).run(failure);
            faults.addAll(round.faults());
        } catch (NotAsExpectedException e) {
            round = Round.failed(e.getMessage());
            faults.addAll(round.faults());
            traffic.nothingConfirmed();
        }
        try {
            faults.addAll(contents.compare());
            sample(pair);
        } catch (IOException e) {
            faults.add("the tables could not be compared: " + e.getMessage());
        }
        for (int i = 0; i < logs.size(); i++) {
            for (String line : logs.get(i).more()) {
                faults.add("in the log of " + pair.nodes().get(i).name() + ": " + line);
            }
        }
        return new Happened(failure.name(), round, List.copyOf(faults));
    }

    private void sample(TrialPair pair) throws IOException {
        for (TrialNode node : pair.nodes()) {
            Sample sample = Sample.of(node.pid());
            synchronized (this) {
                samples.computeIfAbsent(node.name(), any -> new ArrayList<>()).add(sample);
            }
        }
    }

    private void tell(Happened next) {
        long entries = contents.tables().values().stream().mapToLong(Contents.Compared::entries).sum();
        long done = tables.steps().values().stream().mapToLong(TableLoad.Steps::done).sum();
        timeline.happened(String.format("%3d %-12s  %4d confirmed, %d lost, %3d packets dropped, gap %5d ms; %6d changes, %5d entries "
                + "compared  %s", happened.size(), next.failure(), next.round().confirmed(), next.round().losses().confirmed().size(),
                next.round().counts().dropped(), next.round().counts().longestGapMillis(), done, entries,
                next.faults().isEmpty() ? "ok" : "FAULT: " + String.join("; ", next.faults())));
    }

    /** What was found until now. For any thread. */
    synchronized Findings soFar() {
        Map<String, Growth> growth = new LinkedHashMap<>();
        samples.forEach((firewall, of) -> growth.put(firewall, Growth.of(of)));
        return new Findings(options, began == 0 ? 0 : (System.nanoTime() - began) / 60e9, complete, List.copyOf(happened),
                tables == null ? Map.of() : tables.steps(), contents == null ? Map.of() : contents.tables(), growth,
                logs.stream().mapToLong(LogErrors::warnings).sum(), loadBefore,
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }
}
