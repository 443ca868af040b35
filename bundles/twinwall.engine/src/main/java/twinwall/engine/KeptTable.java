/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.engine;

import java.io.IOException;

import twinwall.protocol.Keeper;
import twinwall.protocol.TableReplica;
import twinwall.spi.ChangeSink;
import twinwall.spi.EntrySink;
import twinwall.spi.PeerLayout;
import twinwall.spi.SnapshotSink;
import twinwall.spi.TableHandler;

/** A {@link Keeper} in the place of a handler, so that it is run like one. It has no changes of its own. */
final class KeptTable implements TableHandler {

    private final Keeper keeper;

    KeptTable(Keeper keeper) {
        this.keeper = keeper;
    }

    /** It could not take what came from the peer. */
    void failed(TableReplica replica, Throwable cause) {
        keeper.failed(replica, cause, Threads.now());
    }

    @Override
    public AutoCloseable watch(ChangeSink changes) {
        return () -> { };
    }

    @Override
    public void snapshot(SnapshotSink out) throws IOException {
        keeper.visit(out::put);
    }

    @Override
    public EntrySink restore(PeerLayout peer) throws IOException {
        keeper.open(peer.schema(), peer.description());
        return new EntrySink() {

            @Override
            public void put(byte[] key, byte[] value, byte[] soft) throws IOException {
                keeper.put(key, value, soft);
            }

            @Override
            public void remove(byte[] key) {
                keeper.remove(key);
            }
        };
    }

    @Override
    public byte[] layout() {
        return keeper.spec().layout();
    }

    @Override
    public long size() {
        return keeper.kept().size();
    }
}
