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

/** Takes one handler's changes to its replica; silent once closed. */
final class ReportedChanges implements ChangeSink {

    private static final byte[] NOTHING = new byte[0];

    private final TableReplica replica;
    private final Timing timing;
    private final AtomicLong refused = new AtomicLong();
    private volatile boolean closed;
    private volatile Thread restoring;
    private volatile byte[] restoredKey;

    /** When entries are due for backup just now. */
    interface Timing {
        BackupTiming now();
    }

    ReportedChanges(TableReplica replica, Timing timing) {
        this.replica = replica;
        this.timing = timing;
    }

    @Override
    public BackupTiming timing() {
        return timing.now();
    }

    @Override
    public void put(byte[] key, byte[] value, byte[] soft) {
        if (!closed && !echo(key)) {
            try {
                replica.put(key, value, soft == null ? NOTHING : soft);
            } catch (IllegalArgumentException overLimit) {
                refused.incrementAndGet();
                throw overLimit;
            }
        }
    }

    @Override
    public void putConfirmed(byte[] key, byte[] value, byte[] soft, ConfirmationListener listener) {
        Confirmation atOnce = closed ? Confirmation.NOT_FOLLOWED : Confirmation.CONFIRMED;
        if (!closed && !echo(key)) {
            try {
                atOnce = confirmation(replica.put(key, value, soft == null ? NOTHING : soft, listener));
            } catch (IllegalArgumentException overLimit) {
                refused.incrementAndGet();
                throw overLimit;
            }
        }
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
        if (!closed && !echo(key)) {
            replica.remove(key);
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
