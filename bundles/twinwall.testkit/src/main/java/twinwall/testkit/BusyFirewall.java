/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.testkit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import twinwall.spi.BackupTiming;
import twinwall.spi.SnapshotSink;
import twinwall.spi.TableHandler;

/**
 * Takes a snapshot while the firewall goes on: between two of its entries another thread makes the firewall's next changes. A handler that
 * keeps the firewall waiting meanwhile is told.
 */
final class BusyFirewall implements SnapshotSink, AutoCloseable {

    private static final int PATIENCE_SECONDS = 5;

    private final ExecutorService firewall = Executors.newSingleThreadExecutor();
    private final List<Runnable> changes;
    private final int atOnce;
    private final Map<ByteBuffer, EntryBytes> peer = new HashMap<>();
    private int next;

    /** So many changes between two entries, then the rest. */
    BusyFirewall(List<Runnable> changes, int atOnce) {
        this.changes = changes;
        this.atOnce = atOnce;
    }

    /** What the peer has at the end, by key: the last change of an entry, and the snapshot where there was none. */
    Map<ByteBuffer, EntryBytes> peerAfter(TableHandler handler, RecordedChanges reported) throws IOException {
        handler.snapshot(this);
        change(changes.size());
        for (EntryBytes change : reported.all()) {
            peer.put(ByteBuffer.wrap(change.key()), change);
        }
        peer.values().removeIf(EntryBytes::isRemoval);
        return peer;
    }

    private void change(int most) throws IOException {
        try {
            firewall.submit(() -> {
                for (int end = Math.min(changes.size(), next + most); next < end; next++) {
                    changes.get(next).run();
                }
            }).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError("The firewall cannot change its table while a snapshot waits for the peer", e);
        } catch (ExecutionException e) {
            throw new AssertionError("The firewall's thread got an exception while a snapshot was under way", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    @Override
    public BackupTiming timing() {
        return BackupTiming.QUICK;
    }

    @Override
    public void put(byte[] key, byte[] value, byte[] soft) throws IOException {
        EntryLimits.check(key, value, soft);
        peer.put(ByteBuffer.wrap(key), new EntryBytes(key, value, soft));
        change(atOnce);
    }

    @Override
    public void close() {
        firewall.shutdownNow();
    }
}
