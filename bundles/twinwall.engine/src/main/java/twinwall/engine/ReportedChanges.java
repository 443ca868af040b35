/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.engine;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;

import twinwall.protocol.Answered;
import twinwall.protocol.TableReplica;
import twinwall.spi.BackupTiming;
import twinwall.spi.ChangeSink;
import twinwall.spi.Confirmation;
import twinwall.spi.ConfirmationListener;

/** Takes one handler's changes to its replica; silent once closed. Times a few of them, from the handler's question to the noted change. */
final class ReportedChanges implements ChangeSink {

    private static final byte[] NOTHING = new byte[0];

    private final TableReplica replica;
    private final Timing timing;
    private final SampledTime cost;
    private final ChangeSink onlyQuick = new OnlyQuick();
    private final AtomicLong refused = new AtomicLong();
    private volatile boolean closed;
    private volatile Thread restoring;
    private volatile byte[] restoredKey;
    /** Races are harmless: a change too few is timed. */
    private Stopwatch stopwatch;
    private boolean asked;

    private record Stopwatch(Thread thread, long begun) {
    }

    /** When entries are due for backup just now. */
    interface Timing {
        BackupTiming now();
    }

    /** {@code cost}: how long a change takes on the firewall's own thread. */
    ReportedChanges(TableReplica replica, Timing timing, SampledTime cost) {
        this.replica = replica;
        this.timing = timing;
        this.cost = cost;
    }

    /** The handler asks this before each change; what it does until then belongs to the change. */
    @Override
    public BackupTiming timing() {
        asked = true;
        if (cost.due()) {
            stopwatch = new Stopwatch(Thread.currentThread(), System.nanoTime());
        } else if (stopwatch != null) {
            // What it was started for was not due for backup.
            stopwatch = null;
        }
        return timing.now();
    }

    /** As {@link #timing}, for snapshots, which are not timed. */
    BackupTiming timingOfSnapshots() {
        return timing.now();
    }

    /** A handler that never asks is timed from its report on. */
    private void startUnasked() {
        if (!asked && cost.due()) {
            stopwatch = new Stopwatch(Thread.currentThread(), System.nanoTime());
        }
    }

    private void stop() {
        Stopwatch running = stopwatch;
        if (running != null && running.thread == Thread.currentThread()) {
            stopwatch = null;
            cost.add(System.nanoTime() - running.begun, 1);
        }
    }

    @Override
    public void put(byte[] key, byte[] value, byte[] soft) {
        put(key, value, soft, false, null);
    }

    @Override
    public void putConfirmed(byte[] key, byte[] value, byte[] soft, ConfirmationListener listener) {
        putConfirmed(key, value, soft, false, listener);
    }

    private Answered put(byte[] key, byte[] value, byte[] soft, boolean quickOnly, ConfirmationListener listener) {
        if (closed || echo(key)) {
            return closed ? Answered.NOT_FOLLOWED : Answered.APPLIED;
        }
        startUnasked();
        try {
            Answered answer = replica.put(key, value, soft == null ? NOTHING : soft, quickOnly, listener);
            stop();
            return answer;
        } catch (IllegalArgumentException overLimit) {
            refused.incrementAndGet();
            throw overLimit;
        }
    }

    private void putConfirmed(byte[] key, byte[] value, byte[] soft, boolean quickOnly, ConfirmationListener listener) {
        Confirmation atOnce = confirmation(put(key, value, soft, quickOnly, listener));
        if (atOnce != null) {
            listener.done(atOnce);
        }
    }

    /** What the replica has found out, as a handler hears it; null for null. */
    static Confirmation confirmation(Answered answered) {
        return answered == null ? null : switch (answered) {
            case APPLIED -> Confirmation.CONFIRMED;
            case NO_PEER -> Confirmation.NO_PEER;
            case NOT_FOLLOWED -> Confirmation.NOT_FOLLOWED;
            case OVERTAKEN -> Confirmation.OVERTAKEN;
        };
    }

    @Override
    public void remove(byte[] key) {
        remove(key, false);
    }

    private void remove(byte[] key, boolean quickOnly) {
        if (!closed && !echo(key)) {
            startUnasked();
            replica.remove(key, quickOnly);
            stop();
        }
    }

    @Override
    public ChangeSink onlyQuick() {
        return onlyQuick;
    }

    /** The same, counted as what only quick backup causes. */
    private final class OnlyQuick implements ChangeSink {

        @Override
        public BackupTiming timing() {
            return ReportedChanges.this.timing();
        }

        @Override
        public void put(byte[] key, byte[] value, byte[] soft) {
            ReportedChanges.this.put(key, value, soft, true, null);
        }

        @Override
        public void putConfirmed(byte[] key, byte[] value, byte[] soft, ConfirmationListener listener) {
            ReportedChanges.this.putConfirmed(key, value, soft, true, listener);
        }

        @Override
        public void remove(byte[] key) {
            ReportedChanges.this.remove(key, true);
        }
    }

    /** What the handler is just restoring on this very thread is not news for the peer. */
    private boolean echo(byte[] key) {
        return restoring == Thread.currentThread() && Arrays.equals(key, restoredKey);
    }

    void restoring(byte[] key) {
        restoredKey = key;
        restoring = Thread.currentThread();
    }

    void restored() {
        restoring = null;
    }

    /** Entries refused because they are over a limit. */
    long refused() {
        return refused.get();
    }

    void close() {
        closed = true;
    }
}
