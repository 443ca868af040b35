/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.protocol;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Gives what was kept for the peer to the handler that has come at last. Until it has everything, what the peer sends waits; then the
 * handler goes on where the {@link Keeper} was.
 */
public final class KeptDelivery {

    private final TableReplica replica;
    private final KeptEntries kept;
    private final TableAccess table;
    private final Map<ByteBuffer, Entry> own = new LinkedHashMap<>();
    private long delivered;
    private long passedOver;

    /** Of what a {@link Keeper} has kept that does nothing meanwhile, to a handler that is watched already. */
    public KeptDelivery(TableReplica replica, KeptEntries kept, TableAccess table) {
        this.replica = replica;
        this.kept = kept;
        this.table = table;
    }

    /**
     * Delivers everything, then tells the replica of the handler. Where a firewall that processes services has the entry itself, its own
     * stays unless the handler says that the kept one is further.
     *
     * @param spec of the handler's table
     * @param forwards the firewall processes services: what it made itself it knows better than its peer
     * @throws IOException from the handler; everything is still kept, the keeper may go on, and it may be tried again
     */
    public void deliver(TableSpec spec, boolean forwards) throws IOException {
        replica.delivers(this);
        boolean done = false;
        try {
            table.open(kept.layout().schema(), kept.layout().layout());
            List<byte[]> stale = new ArrayList<>();
            table.visit((key, value, soft) -> {
                byte[] there = kept.value(key);
                if (there == null && replica.knownRemoved(key)) {
                    stale.add(key);
                } else if (there != null && !Arrays.equals(there, value) && stays(key, value, there, forwards)) {
                    changed(key, value, soft);
                }
            });
            for (byte[] key : stale) {
                table.remove(key);
            }
            kept.visit(this::deliver);
            replica.handlerTakesOver(spec, this);
            done = true;
        } finally {
            if (!done) {
                replica.deliveryFailed(this);
            }
        }
    }

    private void deliver(byte[] key, byte[] value, byte[] soft) throws IOException {
        if (has(key)) {
            passedOver++;
            return;
        }
        table.put(key, value, soft);
        delivered++;
        Entry done = null;
        for (Entry later = ownState(key); later != done; later = ownState(key)) {
            // The firewall changed it just then.
            if (later.removed()) {
                table.remove(key);
            } else {
                table.put(key, later.value(), later.soft());
            }
            done = later;
        }
    }

    private boolean stays(byte[] key, byte[] mine, byte[] value, boolean forwards) {
        return forwards && table.compare(key, mine, value) >= 0;
    }

    private boolean has(byte[] key) {
        return ownState(key) != null;
    }

    private synchronized Entry ownState(byte[] key) {
        return own.get(ByteBuffer.wrap(key));
    }

    /** The firewall has its own state of an entry; {@code value} is null when it has removed it. */
    synchronized void changed(byte[] key, byte[] value, byte[] soft) {
        own.put(ByteBuffer.wrap(key), new Entry(key, value, soft == null ? Entry.NOTHING : soft, 0));
    }

    synchronized List<Entry> own() {
        return List.copyOf(own.values());
    }

    /** Entries that the handler has taken. */
    public long delivered() {
        return delivered;
    }

    /** Entries of which the firewall has a state of its own. */
    public long passedOver() {
        return passedOver;
    }
}
