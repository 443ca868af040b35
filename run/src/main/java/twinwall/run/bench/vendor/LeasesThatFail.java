/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.bench.vendor;

import java.io.IOException;
import java.util.concurrent.ConcurrentMap;
import java.util.function.BiConsumer;
import java.util.function.Function;

import twinwall.spi.ChangeSink;
import twinwall.spi.EntrySink;
import twinwall.spi.PeerLayout;
import twinwall.spi.SnapshotSink;
import twinwall.spi.TableHandler;

/** A version with a fault: it starts, and takes nothing from the peer. */
public final class LeasesThatFail extends Leases {

    @Override
    int schema() {
        return 2;
    }

    @Override
    TableHandler handler(ConcurrentMap<String, String> leases, Function<BiConsumer<String, String>, AutoCloseable> news) {
        TableHandler sound = super.handler(leases, news);
        return new TableHandler() {

            @Override
            public AutoCloseable watch(ChangeSink changes) {
                return sound.watch(changes);
            }

            @Override
            public void snapshot(SnapshotSink out) throws IOException {
                sound.snapshot(out);
            }

            @Override
            public EntrySink restore(PeerLayout peer) throws IOException {
                throw new IOException("this version of the vendor's handler takes no entries");
            }
        };
    }
}
