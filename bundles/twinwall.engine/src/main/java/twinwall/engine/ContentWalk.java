/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.engine;

import java.io.IOException;
import java.io.InterruptedIOException;

import twinwall.protocol.TableReplica;
import twinwall.protocol.TableWalk;
import twinwall.spi.BackupTiming;
import twinwall.spi.SnapshotSink;

/**
 * One walk over a handler's table to compare its content with the peer's: through the handler, so that what is compared is what is in the
 * firewall's table and not what the engine was told. A large table is walked with pauses, so that the firewall's own threads come first.
 */
final class ContentWalk implements SnapshotSink {

    private static final System.Logger LOG = System.getLogger("twinwall.engine");
    private static final int ENTRIES_BETWEEN_PAUSES = 2048;

    private final TableWalk walk;
    private final long began = System.nanoTime();
    private int sincePause;

    private ContentWalk(TableWalk walk) {
        this.walk = walk;
    }

    /** Walks to the end, or tells that it could not. */
    static void run(HandlerInfo info, TableReplica replica, TableWalk walk) {
        if (walk.over()) {
            return;
        }
        try {
            info.handler().snapshot(new ContentWalk(walk));
            replica.comparison().walked(walk);
        } catch (IOException | RuntimeException | LinkageError e) {
            if (!walk.over()) {
                LOG.log(System.Logger.Level.WARNING, "Table ''{0}'': handler {1} failed while its table was compared with the peer''s: "
                        + "{2}. It is tried again; everything else goes on.", info.type(), info, e);
            }
            replica.comparison().walkFailed(walk);
        }
    }

    @Override
    public BackupTiming timing() {
        return walk.quick() ? BackupTiming.QUICK : BackupTiming.DEFAULT;
    }

    @Override
    public boolean softWanted() {
        return walk.softWanted();
    }

    @Override
    public void put(byte[] key, byte[] value, byte[] soft) throws IOException {
        walk.see(key, value, soft == null ? new byte[0] : soft);
        if (++sincePause == ENTRIES_BETWEEN_PAUSES) {
            sincePause = 0;
            pause();
        }
    }

    private void pause() throws InterruptedIOException {
        if (walk.over()) {
            throw new InterruptedIOException("Nobody waits for this comparison any more.");
        }
        long due = (long) (walk.paceMillis() * 1e6 * Math.min(1, (double) walk.entries() / Math.max(1, walk.expected())));
        long early = (due - (System.nanoTime() - began)) / 1_000_000;
        try {
            if (early > 0) {
                Thread.sleep(early);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("The engine stops.");
        }
    }
}
