/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.bench.vendor;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentMap;
import java.util.function.BiConsumer;
import java.util.function.Function;

import twinwall.spi.ChangeSink;
import twinwall.spi.EntrySink;
import twinwall.spi.PeerLayout;
import twinwall.spi.SnapshotSink;
import twinwall.spi.TableHandler;

/** Backs up leases. Schema 1 has the address; schema 2 the host name too, behind a line break. Each reads the other's entries. */
final class LeaseHandler implements TableHandler {

    private static final byte[] NOTHING = {};

    private final ConcurrentMap<String, String> leases;
    private final Function<BiConsumer<String, String>, AutoCloseable> news;
    private final int schema;

    LeaseHandler(ConcurrentMap<String, String> leases, Function<BiConsumer<String, String>, AutoCloseable> news, int schema) {
        this.leases = leases;
        this.news = news;
        this.schema = schema;
    }

    @Override
    public AutoCloseable watch(ChangeSink changes) {
        return news.apply((client, lease) -> changes.put(client.getBytes(UTF_8), value(lease), NOTHING));
    }

    @Override
    public void snapshot(SnapshotSink out) throws IOException {
        for (Map.Entry<String, String> lease : leases.entrySet()) {
            out.put(lease.getKey().getBytes(UTF_8), value(lease.getValue()), NOTHING);
        }
    }

    private byte[] value(String lease) {
        return (schema == 1 ? lease.substring(0, lease.indexOf('\n')) : lease).getBytes(UTF_8);
    }

    @Override
    public EntrySink restore(PeerLayout peer) {
        return new EntrySink() {

            @Override
            public void put(byte[] key, byte[] value, byte[] soft) {
                String lease = new String(value, UTF_8);
                // From schema 1 there is no host name; one that is known already stays.
                leases.merge(new String(key, UTF_8), lease.contains("\n") ? lease : lease + "\n",
                        (known, come) -> come.endsWith("\n") && known.startsWith(come) ? known : come);
            }

            @Override
            public void remove(byte[] key) {
                leases.remove(new String(key, UTF_8));
            }
        };
    }
}
