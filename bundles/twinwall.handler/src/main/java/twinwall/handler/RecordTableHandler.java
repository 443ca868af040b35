/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.handler;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

import org.osgi.annotation.versioning.ConsumerType;
import twinwall.firewall.EntryRefusedException;
import twinwall.firewall.FirewallTable;
import twinwall.firewall.PeerAnswer;
import twinwall.firewall.PeerAnswer.Outcome;
import twinwall.firewall.TableWatcher;
import twinwall.record.RecordCodec;
import twinwall.record.RecordFormatException;
import twinwall.record.RecordReader;
import twinwall.spi.BackupTiming;
import twinwall.spi.ChangeSink;
import twinwall.spi.Confirmation;
import twinwall.spi.EntrySink;
import twinwall.spi.PeerLayout;
import twinwall.spi.SnapshotSink;
import twinwall.spi.TableHandler;

/**
 * Backs up a {@link FirewallTable} of records. A subclass says which entries are due for backup, and which of two is further.
 * <p>
 * <b>From due to not due.</b> The peer keeps an entry as it was last reported until it is due again or removed: a session that was due
 * stays due. A removal is therefore reported for every entry that may be on the peer, see {@link #mayBeOnPeer}.
 * <p>
 * <b>Refused entries.</b> An entry of the peer that the table refuses with an {@link EntryRefusedException}, because it contradicts this
 * firewall's configuration, is counted by reason, see {@link #refused}; the first of each reason is logged. The entries after it are
 * restored. Any other exception of the table takes it out of sync.
 * <p>
 * <b>Threads.</b> {@link #due}, {@link #mayBeOnPeer} and {@link #compare(Record, Record)} are called from any thread, also from the packet
 * path: they look at the entry and return.
 *
 * @param <E> the entry
 */
@ConsumerType
public abstract class RecordTableHandler<E extends Record> implements TableHandler {

    private static final System.Logger LOG = System.getLogger("twinwall.handler");
    private static final byte[] NOTHING = {};

    private final FirewallTable<E> table;
    private final RecordCodec<E> codec;
    private final String entryName;
    private final Refusals refusals;
    private final AtomicBoolean refusalLogged = new AtomicBoolean();
    private volatile RecordReader<E> peerReader;
    private volatile BackupTiming widest = BackupTiming.DEFAULT;

    /**
     * Backs up a table.
     *
     * @throws IllegalArgumentException when {@code entry} cannot be written, see {@link RecordCodec}; the message names the component
     */
    protected RecordTableHandler(FirewallTable<E> table, Class<E> entry) {
        this.table = table;
        codec = RecordCodec.of(entry);
        entryName = entry.getSimpleName();
        refusals = new Refusals(entryName, getClass().getName());
    }

    /** Whether the peer is to have this entry. Default: every one. */
    protected boolean due(E entry, BackupTiming timing) {
        return true;
    }

    /**
     * Whether an entry that is not due, or is gone, may have been due before and so be on the peer; its removal is then reported.
     * Default: every one may, which is safe. Override it where many entries come and go that were never due.
     *
     * @param widest {@link BackupTiming#QUICK} when any entry was looked at with quick backup on, or came from a peer that has it on
     */
    protected boolean mayBeOnPeer(E last, BackupTiming widest) {
        return true;
    }

    /**
     * Decides between two states of one entry, as {@link TableHandler#compare}: must be the same on both firewalls. Soft facts are not
     * known here. Default: the later change wins.
     */
    protected int compare(E mine, E theirs) {
        return 0;
    }

    @Override
    public final AutoCloseable watch(ChangeSink changes) {
        return table.watch(new TableWatcher<E>() {

            @Override
            public void changed(E entry) {
                BackupTiming timing = noted(changes.timing());
                if (due(entry, timing)) {
                    ChangeSink sink = sink(changes, entry, timing);
                    report(() -> sink.put(codec.key(entry), codec.value(entry), codec.soft(entry)));
                }
            }

            @Override
            public void changed(E entry, PeerAnswer answer) {
                BackupTiming timing = noted(changes.timing());
                if (!due(entry, timing)) {
                    answer.done(Outcome.NOT_DUE);
                } else if (!report(() -> sink(changes, entry, timing).putConfirmed(codec.key(entry), codec.value(entry), codec.soft(entry),
                        confirmation -> answer.done(outcome(confirmation))))) {
                    answer.done(Outcome.NOT_DUE);
                }
            }

            @Override
            public void removed(E last) {
                if (due(last, noted(changes.timing())) || mayBeOnPeer(last, widest)) {
                    ChangeSink sink = mayBeOnPeer(last, BackupTiming.DEFAULT) ? changes : sink(changes, last, widest);
                    report(() -> sink.remove(codec.key(last)));
                }
            }
        });
    }

    private ChangeSink sink(ChangeSink changes, E entry, BackupTiming timing) {
        return timing == BackupTiming.QUICK && !due(entry, BackupTiming.DEFAULT) ? changes.onlyQuick() : changes;
    }

    private BackupTiming noted(BackupTiming timing) {
        if (timing == BackupTiming.QUICK && widest != BackupTiming.QUICK) {
            widest = BackupTiming.QUICK;
        }
        return timing;
    }

    private static Outcome outcome(Confirmation confirmation) {
        return switch (confirmation) {
            case CONFIRMED -> Outcome.ON_PEER;
            case NO_PEER -> Outcome.NO_PEER;
            case NOT_FOLLOWED -> Outcome.NOT_FOLLOWED;
            case OVERTAKEN -> Outcome.OVERTAKEN;
        };
    }

    /** The firewall's own thread must not fail over one entry that cannot be written. Returns whether it could be. */
    private boolean report(Runnable change) {
        try {
            change.run();
            return true;
        } catch (IllegalArgumentException e) {
            if (refusalLogged.compareAndSet(false, true)) {
                LOG.log(Level.WARNING, "A {0} cannot be backed up: {1}. Other entries are. Further ones are not logged.",
                        entryName, e.getMessage());
            }
            return false;
        }
    }

    @Override
    public final void snapshot(SnapshotSink out) throws IOException {
        boolean soft = out.softWanted();
        table.visit(entry -> {
            if (due(entry, noted(out.timing()))) {
                out.put(codec.key(entry), codec.value(entry), soft ? codec.soft(entry) : NOTHING);
            }
        });
    }

    @Override
    public final EntrySink restore(PeerLayout peer) throws IOException {
        RecordReader<E> reader = codec.reader(peer.description());
        peerReader = reader;
        return new EntrySink() {

            @Override
            public void put(byte[] key, byte[] value, byte[] soft) throws IOException {
                E entry = reader.entry(key, value, soft);
                if (widest == BackupTiming.DEFAULT && !due(entry, BackupTiming.DEFAULT)) {
                    widest = BackupTiming.QUICK;
                }
                try {
                    table.restore(entry);
                } catch (EntryRefusedException e) {
                    refusals.add(e);
                } catch (IllegalStateException e) {
                    throw new IOException("The firewall does not take an entry: " + e.getMessage(), e);
                }
            }

            @Override
            public void remove(byte[] key) throws IOException {
                table.forget(reader.keyOnly(key));
            }
        };
    }

    @Override
    public final byte[] layout() {
        return codec.layout();
    }

    /** What cannot be read is not further than anything: it is refused when it is restored. */
    @Override
    public final int compare(byte[] key, byte[] mine, byte[] theirs) {
        RecordReader<E> reader = peerReader;
        try {
            E other = reader == null ? codec.entry(key, theirs, NOTHING) : reader.entry(key, theirs, NOTHING);
            return compare(codec.entry(key, mine, NOTHING), other);
        } catch (RecordFormatException e) {
            return 0;
        }
    }

    /** Shows the bytes, by an empty result, when they cannot be read. */
    @Override
    public final Map<String, Object> describe(byte[] key, byte[] value, byte[] soft) {
        try {
            return codec.describe(key, value, soft);
        } catch (RecordFormatException e) {
            return Map.of();
        }
    }

    /** How many entries the firewall's table holds. */
    @Override
    public final long size() {
        return table.size();
    }

    /** The peer's entries that the firewall's table refused, by reason; at most 16 reasons and {@code other}. */
    @Override
    public final Map<String, Long> refused() {
        return refusals.counts();
    }
}
