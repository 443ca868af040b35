/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.engine;

import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Function;

import twinwall.record.Key;
import twinwall.record.RecordCodec;
import twinwall.record.RecordReader;
import twinwall.spi.ChangeSink;
import twinwall.spi.EntrySink;
import twinwall.spi.PeerLayout;
import twinwall.spi.SnapshotSink;
import twinwall.spi.TableHandler;

/** A firewall's table of leases, with handlers of two versions of its record: the newer has one component more. */
final class LeaseTable {

    final Map<Integer, New> leases = new ConcurrentSkipListMap<>();
    private volatile Handler<?> watching;

    /** Schema 1. */
    public record Old(@Key int id, String name, int renewals) {
    }

    /** Schema 2. */
    public record New(@Key int id, String name, int renewals, String site) {
    }

    /** The firewall adds or changes a lease. */
    void put(New lease) {
        leases.put(lease.id(), lease);
        Handler<?> handler = watching;
        if (handler != null) {
            handler.report(lease);
        }
    }

    HandlerInfo oldHandler() {
        return info(new Handler<>(Old.class, lease -> new Old(lease.id(), lease.name(), lease.renewals()),
                lease -> new New(lease.id(), lease.name(), lease.renewals(), "")), 1);
    }

    HandlerInfo newHandler() {
        return info(new Handler<>(New.class, lease -> lease, lease -> lease), 2);
    }

    private static HandlerInfo info(TableHandler handler, int schema) {
        return new HandlerInfo(handler, "lease", schema, false, false, "test.lease", "1." + schema, Instant.EPOCH);
    }

    private final class Handler<E extends Record> implements TableHandler {

        private final RecordCodec<E> codec;
        private final Function<New, E> written;
        private final Function<E, New> read;
        private ChangeSink changes;

        Handler(Class<E> type, Function<New, E> written, Function<E, New> read) {
            this.codec = RecordCodec.of(type);
            this.written = written;
            this.read = read;
        }

        private void report(New lease) {
            E entry = written.apply(lease);
            changes.put(codec.key(entry), codec.value(entry), codec.soft(entry));
        }

        @Override
        public AutoCloseable watch(ChangeSink sink) {
            changes = sink;
            watching = this;
            return () -> {
                if (watching == this) {
                    watching = null;
                }
            };
        }

        @Override
        public void snapshot(SnapshotSink out) throws IOException {
            for (New lease : leases.values()) {
                E entry = written.apply(lease);
                out.put(codec.key(entry), codec.value(entry), codec.soft(entry));
            }
        }

        @Override
        public EntrySink restore(PeerLayout peer) throws IOException {
            RecordReader<E> reader = codec.reader(peer.description());
            return new EntrySink() {

                @Override
                public void put(byte[] key, byte[] value, byte[] soft) throws IOException {
                    New lease = read.apply(reader.entry(key, value, soft));
                    leases.put(lease.id(), lease);
                }

                @Override
                public void remove(byte[] key) throws IOException {
                    leases.remove(read.apply(reader.keyOnly(key)).id());
                }
            };
        }

        @Override
        public byte[] layout() {
            return codec.layout();
        }
    }
}
