/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.testkit;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

import twinwall.firewall.FirewallTable;
import twinwall.firewall.TableWatcher;
import twinwall.record.RecordCodec;
import twinwall.record.RecordReader;
import twinwall.spi.BackupTiming;
import twinwall.spi.ChangeSink;
import twinwall.spi.EntrySink;
import twinwall.spi.PeerLayout;
import twinwall.spi.SnapshotSink;
import twinwall.spi.TableHandler;
import twinwall.testkit.samples.Lease;

/** A handler that is right, or wrong in one way. */
final class LeaseHandler implements TableHandler {

    /** The ways to be wrong. */
    enum Fault {
        NONE, FORGETS_REMOVALS, FORGETS_QUICK_REMOVALS, REPORTS_WHAT_IS_RESTORED, REPORTS_AFTER_CLOSE, REPORTS_WHAT_IS_NOT_DUE,
        SNAPSHOTS_NOTHING, SNAPSHOTS_WHAT_IS_NOT_DUE, KEEPS_A_SNAPSHOT_GOING, SOFT_FACTS_IN_THE_VALUE, THROWS_ON_GARBAGE,
        THROWS_ON_A_BAD_LAYOUT, ALWAYS_FURTHER, SHOWS_SECRETS, SHOWS_LITTLE, VALUE_TOO_LONG, RESTORES_NOTHING,
        CUTS_TEXT, THROWS_WHEN_THE_CONSTRUCTOR_REFUSES, STORES_BEFORE_IT_CHECKS, REFUSES_LATER_VERSIONS, DROPS_CHANGES_DURING_A_SNAPSHOT,
        KEEPS_THE_FIREWALL_WAITING
    }

    private final RecordCodec<Lease> codec = RecordCodec.of(Lease.class);
    private final FirewallTable<Lease> table;
    private final Fault fault;
    private volatile boolean wasQuick;
    private volatile boolean snapshotUnderWay;

    LeaseHandler(FirewallTable<Lease> table, Fault fault) {
        this.table = table;
        this.fault = fault;
    }

    private boolean due(Lease lease, BackupTiming timing) {
        wasQuick |= timing == BackupTiming.QUICK;
        return lease.ready() || timing == BackupTiming.QUICK;
    }

    @Override
    public AutoCloseable watch(ChangeSink changes) {
        AutoCloseable watch = table.watch(new TableWatcher<Lease>() {
            @Override
            public void changed(Lease lease) {
                boolean dropped = snapshotUnderWay && fault == Fault.DROPS_CHANGES_DURING_A_SNAPSHOT;
                if (!dropped && (due(lease, changes.timing()) || fault == Fault.REPORTS_WHAT_IS_NOT_DUE)) {
                    changes.put(codec.key(lease), value(lease), codec.soft(lease));
                }
            }

            @Override
            public void removed(Lease last) {
                boolean known = due(last, changes.timing()) || wasQuick && fault != Fault.FORGETS_QUICK_REMOVALS;
                if (known && fault != Fault.FORGETS_REMOVALS) {
                    changes.remove(codec.key(last));
                }
            }
        });
        return fault == Fault.REPORTS_AFTER_CLOSE ? () -> { } : watch;
    }

    private byte[] value(Lease lease) {
        if (fault == Fault.VALUE_TOO_LONG) {
            return new byte[EntryLimits.VALUE + 1];
        }
        if (fault == Fault.CUTS_TEXT && lease.holder().length() > 2) {
            return codec.value(new Lease(lease.id(), lease.ready(), lease.holder().substring(0, 2), lease.pin(), lease.remaining()));
        }
        Lease written = fault == Fault.SOFT_FACTS_IN_THE_VALUE
                ? new Lease(lease.id(), lease.ready(), lease.holder() + lease.remaining(), lease.pin(), 0) : lease;
        return codec.value(written);
    }

    @Override
    public void snapshot(SnapshotSink out) throws IOException {
        snapshotUnderWay = true;
        try {
            if (fault == Fault.KEEPS_THE_FIREWALL_WAITING) {
                synchronized (table) {
                    write(out);
                }
            } else {
                write(out);
            }
        } finally {
            snapshotUnderWay = false;
        }
    }

    private void write(SnapshotSink out) throws IOException {
        table.visit(lease -> {
            boolean wanted = due(lease, out.timing()) || fault == Fault.SNAPSHOTS_WHAT_IS_NOT_DUE;
            if (wanted && fault != Fault.SNAPSHOTS_NOTHING) {
                try {
                    out.put(codec.key(lease), value(lease), codec.soft(lease));
                } catch (IOException e) {
                    if (fault != Fault.KEEPS_A_SNAPSHOT_GOING) {
                        throw e;
                    }
                }
            }
        });
    }

    @Override
    public EntrySink restore(PeerLayout peer) throws IOException {
        RecordReader<Lease> reader = reader(peer.description());
        return new EntrySink() {
            @Override
            public void put(byte[] key, byte[] value, byte[] soft) throws IOException {
                if (fault == Fault.STORES_BEFORE_IT_CHECKS) {
                    table.restore(reader.keyOnly(key));
                }
                Lease lease = read(reader, key, value, soft);
                if (fault == Fault.REPORTS_WHAT_IS_RESTORED) {
                    ((MemoryFirewallTable<Lease>) table).put(lease);
                } else if (fault != Fault.RESTORES_NOTHING) {
                    table.restore(lease);
                }
            }

            @Override
            public void remove(byte[] key) throws IOException {
                table.forget(reader.keyOnly(key));
            }
        };
    }

    private RecordReader<Lease> reader(byte[] layout) throws IOException {
        try {
            if (fault == Fault.REFUSES_LATER_VERSIONS && layout.length != codec.layout().length) {
                throw new IOException("another version");
            }
            return codec.reader(layout);
        } catch (IOException e) {
            if (fault == Fault.THROWS_ON_A_BAD_LAYOUT) {
                throw new IllegalArgumentException(e);
            }
            throw e;
        }
    }

    private Lease read(RecordReader<Lease> reader, byte[] key, byte[] value, byte[] soft) throws IOException {
        try {
            return reader.entry(key, value, soft);
        } catch (IOException e) {
            boolean refused = e.getCause() instanceof IllegalArgumentException;
            if (fault == Fault.THROWS_ON_GARBAGE || refused && fault == Fault.THROWS_WHEN_THE_CONSTRUCTOR_REFUSES) {
                throw new IllegalArgumentException(e);
            }
            throw e;
        }
    }

    @Override
    public byte[] layout() {
        return codec.layout();
    }

    @Override
    public int compare(byte[] key, byte[] mine, byte[] theirs) {
        return fault == Fault.ALWAYS_FURTHER ? 1 : 0;
    }

    @Override
    public Map<String, Object> describe(byte[] key, byte[] value, byte[] soft) {
        try {
            Map<String, Object> described = new HashMap<>(codec.describe(key, value, soft));
            if (fault == Fault.SHOWS_SECRETS) {
                described.put("pin", codec.entry(key, value, soft).pin());
            } else if (fault == Fault.SHOWS_LITTLE) {
                described.remove("holder");
            }
            return described;
        } catch (IOException e) {
            return Map.of();
        }
    }
}
