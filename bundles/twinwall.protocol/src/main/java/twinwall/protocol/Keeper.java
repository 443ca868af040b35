/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.protocol;

import java.io.IOException;
import java.util.Arrays;

/**
 * Stands in for the handler of one table that the peer offers and that has none here: keeps the peer's entries until there is one, or
 * until a restarted peer has taken them back. Entries are given to it on one thread at a time.
 * <p>
 * It cannot go on when there is no more room, or when the peer lays its entries out in another way: then it takes nothing more, and what
 * it has kept is dropped as soon as the peer is known to have all of it; see {@link #over}.
 */
public final class Keeper implements TableAccess {

    private static final long FIRST_PAUSE_MILLIS = 1000;
    private static final long LONGEST_PAUSE_MILLIS = 60_000;

    private final TableSpec spec;
    private final KeptSpace space;
    private final KeptEntries kept;
    private boolean failed;
    private boolean full;
    private boolean otherLayout;
    private long bytesAnEntry;
    private long pauseMillis = FIRST_PAUSE_MILLIS;
    private long notBefore;

    /** The peer lays out its entries in another way than what is kept. */
    private static final class OtherLayout extends IOException {

        private static final long serialVersionUID = 1L;

        OtherLayout(int schema) {
            super("entries of schema " + schema + " are kept until the peer has taken them back");
        }
    }

    /** @param confidential the entries come over a link with TLS, and never leave over one without */
    public Keeper(String type, Work.Open layout, boolean confidential, KeptSpace space) {
        this.spec = TableSpec.kept(type, layout, confidential);
        this.space = space;
        this.kept = new KeptEntries(space, layout);
    }

    /** What the replica is to be told in place of a handler's. */
    public TableSpec spec() {
        return spec;
    }

    /** What it has kept. */
    public KeptEntries kept() {
        return kept;
    }

    @Override
    public void open(int schema, byte[] layout) throws IOException {
        if (schema != spec.schema() || !Arrays.equals(layout, spec.layout())) {
            throw new OtherLayout(spec.schema());
        }
    }

    @Override
    public void put(byte[] key, byte[] value, byte[] soft) throws IOException {
        kept.put(key, value, soft);
    }

    @Override
    public void remove(byte[] key) {
        kept.remove(key);
    }

    @Override
    public int compare(byte[] key, byte[] mine, byte[] theirs) {
        return 0;
    }

    @Override
    public void visit(EntryVisitor visitor) throws IOException {
        kept.visit(visitor);
    }

    /** It could not take what came. */
    public synchronized void failed(TableReplica replica, Throwable cause, long now) {
        String why = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        full = cause instanceof KeptSpace.Full;
        otherLayout = cause instanceof OtherLayout;
        bytesAnEntry = kept.bytes() / Math.max(1, kept.size());
        failed = true;
        notBefore = now + pauseMillis;
        pauseMillis = Math.min(LONGEST_PAUSE_MILLIS, pauseMillis * 2);
        replica.restoringFailed(why);
    }

    /** Whether it has failed and the peer has all that it has kept: nothing is lost by {@link #next}. */
    public synchronized boolean over(TableReplica replica) {
        return failed && (kept.size() > 0 ? replica.hasAll() : otherLayout);
    }

    /** Drops what it has kept, and gives the one that is to {@link #begin} instead; null when the peer offers nothing to keep. */
    public synchronized Keeper next(TableReplica replica) {
        kept.clear();
        replica.handlerGone();
        Work.Open layout = replica.keepable();
        if (layout == null) {
            return null;
        }
        Keeper next = new Keeper(spec.type(), layout, replica.confidential(), space);
        if (full) {
            next.goOn(this);
        }
        return next;
    }

    private synchronized void goOn(Keeper before) {
        full = true;
        failed = true;
        bytesAnEntry = before.bytesAnEntry;
        pauseMillis = before.pauseMillis;
        notBefore = before.notBefore;
    }

    /** From here on the replica has it in place of a handler. */
    public synchronized void begin(TableReplica replica) {
        replica.handlerHere(spec);
        if (failed) {
            replica.restoringFailed(new KeptSpace.Full(space.limit()).getMessage());
        }
    }

    /** Tries again to take what the peer has, when there may be room for it. */
    public synchronized void retry(TableReplica replica, long now) {
        boolean likely = !full || space.used() + bytesAnEntry * Math.max(0, replica.peerEntries()) <= space.limit();
        if (failed && kept.size() == 0 && now >= notBefore && likely) {
            failed = false;
            replica.retryRestoring();
        }
    }
}
