/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.itests.shelf;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.BiConsumer;
import java.util.function.Function;

import twinwall.spi.ChangeSink;
import twinwall.spi.EntrySink;
import twinwall.spi.PeerLayout;
import twinwall.spi.SnapshotSink;
import twinwall.spi.TableHandler;

/** Backs up a shelf. Some values make it misbehave on the peer: {@link #THROW}, {@link #HANG}. */
public abstract class ShelfHandler implements TableHandler {

    /** Restoring an entry with this value fails. */
    public static final String THROW = "throw";
    /** Restoring an entry with this value does not come back. */
    public static final String HANG = "hang";

    private static final byte[] NOTHING = {};

    private final ConcurrentMap<String, String> shelf;
    private final Function<BiConsumer<String, String>, AutoCloseable> news;

    protected ShelfHandler(ConcurrentMap<String, String> shelf, Function<BiConsumer<String, String>, AutoCloseable> news) {
        this.shelf = shelf;
        this.news = news;
    }

    @Override
    public AutoCloseable watch(ChangeSink changes) {
        Thread housekeeping = new Thread(ShelfHandler::doze, "shelf-housekeeping");
        housekeeping.setDaemon(true);
        housekeeping.start();
        AutoCloseable watching = news.apply((name, value) -> {
            if (value == null) {
                changes.remove(name.getBytes(UTF_8));
            } else {
                changes.put(name.getBytes(UTF_8), value.getBytes(UTF_8), NOTHING);
            }
        });
        return () -> {
            watching.close();
            housekeeping.interrupt();
            housekeeping.join();
        };
    }

    @Override
    public void snapshot(SnapshotSink out) throws IOException {
        for (Map.Entry<String, String> entry : shelf.entrySet()) {
            out.put(entry.getKey().getBytes(UTF_8), entry.getValue().getBytes(UTF_8), NOTHING);
        }
    }

    @Override
    public EntrySink restore(PeerLayout peer) {
        return new EntrySink() {

            @Override
            public void put(byte[] key, byte[] value, byte[] soft) {
                String text = new String(value, UTF_8);
                if (text.equals(THROW)) {
                    throw new IllegalStateException("the shelf is crooked");
                } else if (text.equals(HANG)) {
                    doze();
                }
                shelf.put(new String(key, UTF_8), text);
            }

            @Override
            public void remove(byte[] key) {
                shelf.remove(new String(key, UTF_8));
            }
        };
    }

    private static void doze() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
