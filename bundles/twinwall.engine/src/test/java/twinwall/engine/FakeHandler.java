/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.engine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

import twinwall.spi.ChangeSink;
import twinwall.spi.EntrySink;
import twinwall.spi.PeerLayout;
import twinwall.spi.SnapshotSink;
import twinwall.spi.TableHandler;

/** A handler over a map of texts, whose behaviour a test may change. */
class FakeHandler implements TableHandler {

    final Map<String, String> table = new ConcurrentSkipListMap<>();
    volatile ChangeSink changes;
    volatile boolean closed;

    void put(String key, String value) {
        table.put(key, value);
        changes.put(bytes(key), bytes(value), new byte[0]);
    }

    @Override
    public AutoCloseable watch(ChangeSink sink) {
        changes = sink;
        return () -> closed = true;
    }

    @Override
    public void snapshot(SnapshotSink out) throws IOException {
        for (Map.Entry<String, String> entry : table.entrySet()) {
            out.put(bytes(entry.getKey()), bytes(entry.getValue()), new byte[0]);
        }
    }

    @Override
    public EntrySink restore(PeerLayout peer) throws IOException {
        return new EntrySink() {
            @Override
            public void put(byte[] key, byte[] value, byte[] soft) throws IOException {
                restored(text(key), text(value));
            }

            @Override
            public void remove(byte[] key) {
                table.remove(text(key));
            }
        };
    }

    void restored(String key, String value) throws IOException {
        table.put(key, value);
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
