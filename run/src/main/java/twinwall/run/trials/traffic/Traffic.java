/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.trials.traffic;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Supplier;

import twinwall.firewall.embedded.port.Answer;
import twinwall.run.pair.PacketPath;
import twinwall.run.trials.wiring.End;

/**
 * Hosts that talk all the time. Every packet is offered to both firewalls, as by a switch that floods; the active one forwards it. New
 * conversations begin in waves, so that there is a moment between two waves when the peer has everything. A thread of its own sends; the
 * methods are for others.
 */
public final class Traffic implements AutoCloseable {

    /** Sources that the firewalls must translate. */
    public static final String TRANSLATED = Host.TRANSLATED;

    private static final String SERVER = "198.51.100.10";
    private static final int MOST_TALKS = 200;
    private static final int WAVE = 5;
    private static final int TCP_IN_WAVE = 3;
    private static final long WAVE_NANOS = 250_000_000;
    private static final long PACE_NANOS = 3_000_000;
    private static final long ANSWER_WITHIN_MILLIS = 50;
    private static final int TRIES = 4;
    private static final int MOST_TRIES = 40;
    /** Why packets are dropped whatever their session: the one does not forward, or stood still; or the answer came too late. */
    private static final Set<String> NOT_FOR_ITS_SESSION = Set.of("standby", "stale-role", "no answer");

    private final Handovers handovers = new Handovers();
    private final List<FirewallPort> ports = new ArrayList<>();
    private final List<Held> talks = new CopyOnWriteArrayList<>();
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final PacketPath firewalls = this::send;
    private final Thread thread = new Thread(this::run, "trials-traffic");
    private volatile boolean stopped;
    private volatile boolean waves;
    private volatile long packets;
    private long packetsBefore;
    private long dropped;
    private long delivered;
    private long longestGap;
    private long numbers;
    private int turn;
    private String reason = "";

    /**
     * Begins to talk once a firewall is there.
     *
     * @param where packet port of each firewall; null while that is not known
     */
    public Traffic(Function<End, Supplier<InetSocketAddress>> where) {
        for (End end : End.values()) {
            ports.add(new FirewallPort(end, where.apply(end), handovers));
        }
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        long nextWave = System.nanoTime();
        try {
            while (!stopped) {
                for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
                    task.run();
                }
                if (waves && System.nanoTime() >= nextWave) {
                    wave();
                    nextWave = System.nanoTime() + WAVE_NANOS;
                }
                if (!talks.isEmpty()) {
                    turn = (turn + 1) % talks.size();
                    talks.get(turn).talk().goesOn(firewalls);
                }
                LockSupport.parkNanos(PACE_NANOS);
            }
        } catch (IOException e) {
            stopped = true;
        }
    }

    private void wave() throws IOException {
        for (int i = 0; i < WAVE; i++) {
            Host client = Host.of(numbers++);
            try {
                talks.add(new Held(i < TCP_IN_WAVE ? TcpTalk.open(firewalls, client, SERVER) : UdpTalk.open(firewalls, client, SERVER)));
            } catch (IllegalStateException e) {
                // Nobody forwards just now: its packets are counted, and hosts try again.
                return;
            }
        }
        while (talks.size() > MOST_TALKS) {
            talks.remove(0).talk().finish(firewalls);
        }
    }

    private PacketPath.Passage send(long timeMicros, int side, byte[] frame) throws IOException {
        Packet packet = new Packet();
        for (FirewallPort port : ports) {
            port.offer(packet, side, frame);
        }
        try {
            Answer answer = packet.await(ANSWER_WITHIN_MILLIS);
            boolean forwarded = answer != null && answer.forwarded();
            count(forwarded);
            reason = forwarded ? "" : answer == null ? "no answer" : answer.reason();
            return forwarded ? new PacketPath.Passage(true, "", answer.egress(), answer.frames())
                    : new PacketPath.Passage(false, reason, -1, List.of());
        } catch (InterruptedException e) {
            throw new IOException("interrupted", e);
        }
    }

    private synchronized void count(boolean forwarded) {
        packets++;
        if (forwarded) {
            long now = System.nanoTime();
            longestGap = Math.max(longestGap, now - delivered);
            delivered = now;
        } else {
            dropped++;
        }
    }

    /** Whether new conversations begin. */
    public void waves(boolean on) {
        waves = on;
    }

    /** Packets sent so far, ever. */
    public long packets() {
        return packets;
    }

    /** Begins to count anew. */
    public synchronized void countAnew() {
        packetsBefore = packets;
        dropped = 0;
        longestGap = 0;
        delivered = System.nanoTime();
        handovers.forget();
    }

    /** What was counted; a gap that still lasts is in it. */
    public synchronized Counts counts() {
        long gap = Math.max(longestGap, System.nanoTime() - delivered);
        return new Counts(packets - packetsBefore, dropped, gap / 1_000_000, handovers.count());
    }

    /** Packets that this firewall has forwarded since the count began. */
    public long forwardedBy(End end) {
        return handovers.by(end);
    }

    /** The peer has everything that was due at {@code asked}; that was known at {@code answered}, both {@link System#nanoTime}. */
    public void confirmed(long asked, long answered) {
        talks.forEach(held -> held.confirmed(asked, answered));
    }

    /** There is no peer that has anything: what was confirmed counts no more. */
    public void nothingConfirmed() {
        talks.forEach(Held::unconfirmed);
    }

    /** Conversations whose session the peer has confirmed before that moment. */
    public int confirmedBefore(long moment) {
        return (int) talks.stream().filter(held -> held.confirmedBefore(moment)).count();
    }

    /** That firewall's process has been told to stop. */
    public void paused(End end) {
        ports.get(end.ordinal()).paused();
    }

    /** That firewall's process is about to go on. */
    public void resumed(End end) {
        ports.get(end.ordinal()).resumed();
    }

    /**
     * Tries every conversation, and ends those that do not go on.
     *
     * @param failure when the failure began, {@link System#nanoTime}
     * @param announceNanos what is due so long is announced to the peer
     * @throws IOException when the traffic has ended
     */
    public Losses check(long failure, long announceNanos) throws IOException {
        return inTurn(() -> {
            Losses losses = Losses.NONE;
            for (Held held : talks) {
                if (!goesOn(held.talk())) {
                    talks.remove(held);
                    losses = losses.and(loss(held, failure, announceNanos));
                }
            }
            return losses;
        });
    }

    private Losses loss(Held held, long failure, long announceNanos) {
        if (held.confirmedBefore(failure)) {
            return new Losses(List.of(held.talk() + (reason.isEmpty() ? "" : " (" + reason + ")")), 0, 0, 0);
        }
        if (held.dueBefore(failure)) {
            return new Losses(List.of(), 1, held.dueBefore(failure - announceNanos) ? 1 : 0, 0);
        }
        return new Losses(List.of(), 0, 0, 1);
    }

    /** A packet may be dropped for other reasons than a lost entry; hosts send it again. */
    private boolean goesOn(Talk talk) throws IOException {
        int refused = 0;
        for (int i = 0; i < MOST_TRIES && refused < TRIES; i++) {
            if (talk.goesOn(firewalls)) {
                return true;
            }
            if (NOT_FOR_ITS_SESSION.contains(reason)) {
                LockSupport.parkNanos(PACE_NANOS);
            } else {
                refused++;
            }
        }
        return false;
    }

    private <T> T inTurn(Callable<T> task) throws IOException {
        CompletableFuture<T> done = new CompletableFuture<>();
        tasks.add(() -> {
            try {
                done.complete(task.call());
            } catch (Exception e) {
                done.completeExceptionally(e);
            }
        });
        try {
            return done.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        }
    }

    @Override
    public void close() {
        stopped = true;
        ports.forEach(FirewallPort::close);
    }
}
