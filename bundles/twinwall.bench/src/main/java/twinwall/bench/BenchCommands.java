/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.bench;

import java.lang.management.ManagementFactory;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

import twinwall.firewall.embedded.EmbeddedFirewall;
import twinwall.group.GroupStatus;
import twinwall.group.GroupStatus.LinkState;
import twinwall.group.HotStandbyGroup;
import twinwall.group.TableStatus;
import twinwall.group.Verdict;

/** What the bench can ask of a node. A command is words with blanks between, its answer is one line. Any thread. */
final class BenchCommands {

    private static final String SESSIONS = "ipv4-session";
    private static final long MOST_LAG = 50_000;

    private final EmbeddedFirewall firewall;
    private final LatencyTable latency;
    private final AtomicReference<HotStandbyGroup> group;
    private OfferedTraffic traffic;
    private Pauses pauses;
    private SteadyPackets packets;
    private volatile SpoiledSession spoiled;

    BenchCommands(EmbeddedFirewall firewall, LatencyTable latency, AtomicReference<HotStandbyGroup> group) {
        this.firewall = firewall;
        this.latency = latency;
        this.group = group;
    }

    /**
     * Does a command.
     *
     * @throws IllegalArgumentException when there is no such command, or a number in it is none
     */
    Answer run(String line) throws InterruptedException {
        String[] words = line.strip().split(" +");
        return switch (words[0]) {
            case "status" -> status();
            case "establish" -> outcome(new SessionLoad(firewall, number(words, 1)).establish(number(words, 2)));
            case "churn" -> outcome(new SessionLoad(firewall, number(words, 1)).churn(number(words, 2), this::lag, MOST_LAG));
            case "mix" -> mix(number(words, 1), number(words, 2), number(words, 3), number(words, 4));
            case "price" -> price(words[1]);
            case "offer" -> offer(number(words, 1), number(words, 2));
            case "offered" -> offered();
            case "withdraw" -> withdraw();
            case "change" -> change(number(words, 1), number(words, 2));
            case "begin" -> new NewSessions(firewall, number(words, 1)).begin(number(words, 2), number(words, 3));
            case "latencies" -> latencies();
            case "packets" -> packets(number(words, 1), number(words, 2));
            case "packeted" -> packets.answer();
            case "refused-between" -> new Answer()
                    .with("count", packets.refusedBetween(Long.parseLong(words[1]), Long.parseLong(words[2])));
            case "spoil" -> spoil(number(words, 1));
            case "spoiled" -> new Answer().with("spoiled", spoiled != null && spoiled.isWrong());
            case "heap" -> heap(3);
            case "live" -> heap(1);
            case "sync" -> sync();
            case "collect" -> collect();
            case "pauses" -> pauses().answer();
            default -> throw new IllegalArgumentException("there is no command " + words[0]);
        };
    }

    private static int number(String[] words, int at) {
        if (at >= words.length) {
            throw new IllegalArgumentException(words[0] + " wants more numbers");
        }
        return Integer.parseInt(words[at]);
    }

    private long lag() {
        HotStandbyGroup here = group.get();
        return here == null ? 0 : table(here.status(), SESSIONS).map(TableStatus::lag).orElse(0L);
    }

    private static Optional<TableStatus> table(GroupStatus status, String type) {
        return status.tables().stream().filter(table -> table.type().equals(type)).findFirst();
    }

    private Answer status() {
        Answer answer = new Answer().with("nanos", System.nanoTime()).with("sessions", firewall.ipv4Sessions().size())
                .with("latencyEntries", latency.size());
        HotStandbyGroup here = group.get();
        if (here == null) {
            return answer.with("role", engineGone() ? "none" : "leaving");
        }
        GroupStatus status = here.status();
        answer.with("role", status.role().name().toLowerCase(Locale.ROOT))
                .with("ready", status.ready()).with("peerReady", status.peer().ready())
                .with("running", status.links().stream().anyMatch(link -> link.state() == LinkState.RUNNING));
        table(status, SESSIONS).ifPresent(table -> answer.with("entries", table.entries()).with("lag", table.lag())
                .with("atRisk", table.atRisk()).with("applied", table.applied()).with("changes", table.changes())
                .with("bytes", table.bytes()).with("inSync", table.inSync()).with("drift", table.drift()));
        return answer.with("linkSent", status.links().stream().mapToLong(GroupStatus.LinkStatus::bytesSent).sum())
                .with("linkReceived", status.links().stream().mapToLong(GroupStatus.LinkStatus::bytesReceived).sum());
    }

    /** A service is withdrawn before its component has ended. */
    private static boolean engineGone() {
        return Thread.getAllStackTraces().keySet().stream().noneMatch(thread -> thread.getName().startsWith("twinwall-engine-"));
    }

    /** Changes a session behind the engine's back, so that it differs from the peer's. */
    private Answer spoil(int number) {
        spoiled = SpoiledSession.of(firewall.ipv4Sessions(), number);
        return new Answer().with("nanos", System.nanoTime());
    }

    private static Answer outcome(SessionLoad.Outcome outcome) {
        return new Answer().with("packets", outcome.packets()).with("refused", outcome.refused()).with("nanos", outcome.nanos());
    }

    private Answer mix(int seed, int first, int perSecond, int millis) {
        HotStandbyGroup here = group.get();
        return new MixedLoad(firewall, here != null && here.status().quickBackup(), this::lag, seed).run(first, perSecond, millis);
    }

    /** Counts and rates of one table; processor time in nanoseconds a second. */
    private Answer price(String type) {
        HotStandbyGroup here = group.get();
        Answer answer = new Answer();
        if (here != null) {
            table(here.status(), type).ifPresent(table -> answer.with("changes", table.changes()).with("bytes", table.bytes())
                    .with("onlyQuickChanges", table.price().onlyQuickChanges()).with("onlyQuickBytes", table.price().onlyQuickBytes())
                    .with("cpuNanosPerSecond", Math.round(1000 * table.price().cpuMicrosPerSecond()))
                    .with("applyCpuNanosPerSecond", Math.round(1000 * table.price().applyCpuMicrosPerSecond())));
        }
        return answer;
    }

    /** So many established connections, and packets of them a second. */
    private synchronized Answer packets(int sessions, int perSecond) {
        packets = new SteadyPackets(firewall, sessions, Math.max(1, perSecond));
        packets.start();
        return packets.answer();
    }

    private synchronized Answer offer(int first, int perSecond) throws InterruptedException {
        withdraw();
        traffic = new OfferedTraffic(firewall, first, Math.max(1, perSecond));
        traffic.start();
        return traffic.answer();
    }

    private synchronized Answer offered() {
        return traffic == null ? new Answer() : traffic.answer();
    }

    private synchronized Answer withdraw() throws InterruptedException {
        if (traffic == null) {
            return new Answer();
        }
        traffic.close();
        return traffic.answer();
    }

    /** Changes entries of the latency table at that pace, for so many milliseconds. */
    private Answer change(int perSecond, int millis) {
        long pause = 1_000_000_000L / Math.max(1, perSecond);
        long begin = System.nanoTime();
        long end = begin + millis * 1_000_000L;
        long due = begin;
        long made = 0;
        while (due < end) {
            long wait = due - System.nanoTime();
            if (wait > 0) {
                LockSupport.parkNanos(wait);
                continue;
            }
            latency.change(made++ % LatencyTable.NUMBERS);
            due += pause;
        }
        return new Answer().with("changes", made).with("nanos", System.nanoTime() - begin);
    }

    /** What has come in since the last time this was asked. */
    private Answer latencies() {
        Percentiles nanos = latency.latencies().percentiles();
        latency.latencies().clear();
        return new Answer().with("count", nanos.count()).with("p50", nanos.p50()).with("p99", nanos.p99()).with("p999", nanos.p999())
                .with("max", nanos.max());
    }

    /** Copies every table whole, both ways, and waits for it. */
    private Answer sync() {
        HotStandbyGroup here = group.get();
        if (here == null) {
            throw new IllegalArgumentException("there is no group");
        }
        Verdict verdict = here.sync().toCompletableFuture().join();
        return new Answer().with("done", verdict.done()).with("message", verdict.message().replace(' ', '-'));
    }

    /** Of several collections the first lets go of what finalizers and references hold, the others see it gone. */
    private static Answer heap(int collections) {
        for (int i = 0; i < collections; i++) {
            System.gc();
        }
        return new Answer().with("used", ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
    }

    /** A full collection, as {@code jcmd PID GC.run} makes it. */
    private Answer collect() {
        pauses();
        System.gc();
        return new Answer();
    }

    private synchronized Pauses pauses() {
        pauses = pauses == null ? new Pauses() : pauses;
        return pauses;
    }

    synchronized void end() throws InterruptedException {
        if (traffic != null) {
            traffic.close();
        }
        if (packets != null) {
            packets.close();
        }
    }
}
