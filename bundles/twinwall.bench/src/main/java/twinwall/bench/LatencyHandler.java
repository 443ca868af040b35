/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Reference;
import twinwall.spi.BackupTable;
import twinwall.spi.ChangeSink;
import twinwall.spi.EntrySink;
import twinwall.spi.PeerLayout;
import twinwall.spi.SnapshotSink;
import twinwall.spi.TableHandler;

/**
 * Backs up the {@link LatencyTable}, straight on the SPI. Key: the number, value: the time of its change, eight bytes each, big-endian.
 * Every entry is due, whatever the backup timing.
 */
@BackupTable(type = "bench-latency", schema = LatencyHandler.SCHEMA)
@Component(service = TableHandler.class, configurationPid = BenchPort.PID, configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class LatencyHandler implements TableHandler {

    static final int SCHEMA = 1;

    private static final byte[] NOTHING = {};

    private final LatencyTable table;

    /** Backs up that table. */
    @Activate
    public LatencyHandler(@Reference LatencyTable table) {
        this.table = table;
    }

    @Override
    public AutoCloseable watch(ChangeSink changes) {
        return table.watch((number, nanos) -> changes.put(bytes(number), bytes(nanos), NOTHING));
    }

    @Override
    public void snapshot(SnapshotSink out) throws IOException {
        List<Long> numbers = new ArrayList<>();
        table.visit(numbers::add);
        for (long number : numbers) {
            Long nanos = table.nanos(number);
            if (nanos != null) {
                out.put(bytes(number), bytes(nanos), NOTHING);
            }
        }
    }

    @Override
    public EntrySink restore(PeerLayout peer) throws IOException {
        if (peer.schema() != SCHEMA) {
            throw new IOException("The peer's entries have schema " + peer.schema() + ", this handler reads " + SCHEMA + ".");
        }
        return new EntrySink() {
            @Override
            public void put(byte[] key, byte[] value, byte[] soft) throws IOException {
                table.restore(number(key), number(value));
            }

            @Override
            public void remove(byte[] key) throws IOException {
                table.forget(number(key));
            }
        };
    }

    @Override
    public Map<String, Object> describe(byte[] key, byte[] value, byte[] soft) {
        if (key.length != Long.BYTES || value.length != Long.BYTES) {
            return Map.of();
        }
        return Map.of("number", ByteBuffer.wrap(key).getLong(), "changedNanos", ByteBuffer.wrap(value).getLong());
    }

    private static byte[] bytes(long number) {
        return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
    }

    private static long number(byte[] bytes) throws IOException {
        if (bytes.length != Long.BYTES) {
            throw new IOException("A number of " + bytes.length + " bytes instead of " + Long.BYTES + ".");
        }
        return ByteBuffer.wrap(bytes).getLong();
    }
}
