/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.protocol;

import java.nio.ByteBuffer;
import java.util.function.Predicate;

/** Writes the frames of one table. Guarded by its {@link TableReplica}. */
final class TableFrames {

    /** So many changes are worth a frame before the interval is over. */
    static final int FULL_BATCH = 512;

    private final long log;
    private final Outgoing out;
    private final Incoming in;
    private boolean offerDue;
    private long offers;
    /** The peer's answer to the last offer on the present connection; null before it. */
    private Accept.Status answer;
    private boolean withdrawDue;
    private boolean offered;
    private boolean acceptDue;
    private boolean confirmDue;
    /** The peer has not said yet what it makes of the offer. */
    private boolean unanswered;
    private long lastFlush;
    private long changesSent;
    private long bytesSent;
    private final QuickPrice quickPrice = new QuickPrice();
    private long gatherMillis;

    TableFrames(long log, Outgoing out, Incoming in) {
        this.log = log;
        this.out = out;
        this.in = in;
    }

    /** Another connection or none: what was due on the one before is not. */
    void connectionChanged() {
        answer = null;
        offerDue = false;
        offered = false;
        withdrawDue = false;
        acceptDue = false;
        confirmDue = false;
        unanswered = false;
    }

    void offerDue() {
        offerDue = true;
        unanswered = true;
    }

    boolean unanswered() {
        return unanswered;
    }

    void withdraw() {
        offerDue = false;
        unanswered = false;
        withdrawDue = offered;
    }

    boolean offered() {
        return offered;
    }

    void acceptDue() {
        acceptDue = true;
    }

    void confirmDue() {
        confirmDue = true;
    }

    /** Whether the peer has answered so to an offer on the present connection. */
    boolean answered(Accept.Status how) {
        return answer == how;
    }

    boolean nextControl(ByteBuffer into, int number, int peerNumber, TableSpec spec, long logStart) {
        if (withdrawDue) {
            withdrawDue = false;
            offered = false;
            into.put((byte) FrameType.WITHDRAW);
            Wire.putNumber(into, number);
            return true;
        }
        if (offerDue) {
            offerDue = false;
            offered = true;
            // Until the first watermark the peer could not say what it lacks.
            out.announce();
            into.put((byte) FrameType.OFFER);
            Wire.putNumber(into, number);
            Wire.putText(into, spec.type());
            Wire.putNumber(into, spec.schema());
            into.putLong(log);
            Wire.putNumber(into, ++offers);
            Wire.putNumber(into, logStart);
            Wire.putBytes(into, spec.layout());
            if (spec.kept() || spec.origin().isKnown()) {
                into.put((byte) (spec.kept() ? 1 : 0));
            }
            if (spec.origin().isKnown()) {
                spec.origin().write(into);
            }
            return true;
        }
        if (peerNumber < 0) {
            return false;
        }
        if (acceptDue && in.state() != Incoming.State.OPENING) {
            acceptDue = false;
            writeAccept(into, peerNumber);
            return true;
        }
        if (confirmDue) {
            confirmDue = false;
            into.put((byte) FrameType.CONFIRM);
            Wire.putNumber(into, peerNumber);
            Wire.putNumber(into, in.applied());
            Wire.putNumber(into, in.snapshotId());
            Wire.putNumber(into, in.snapshotApplied());
            return true;
        }
        return false;
    }

    private void writeAccept(ByteBuffer into, int peerNumber) {
        Accept.Status status = switch (in.state()) {
            case OPEN -> in.complete() || in.snapshotOpen() ? Accept.Status.RESUME : Accept.Status.SNAPSHOT;
            case FAILED -> Accept.Status.FAILED;
            default -> Accept.Status.NO_HANDLER;
        };
        into.put((byte) FrameType.ACCEPT);
        Wire.putNumber(into, peerNumber);
        into.put((byte) status.ordinal());
        into.putLong(in.log());
        Wire.putNumber(into, in.offerNumber());
        Wire.putNumber(into, in.round());
        Wire.putNumber(into, in.received());
        Wire.putNumber(into, in.snapshotId());
        Wire.putNumber(into, in.snapshotReceived());
        Wire.putText(into, in.failure());
        into.put((byte) Accept.TAKES_GAPS);
        // A confirmation may have been lost with the last connection.
        confirmDue = status == Accept.Status.RESUME;
    }

    void accepted(Accept accept) {
        // An answer to an earlier offer tells where the peer was then.
        if (accept.log() != log || accept.offer() != offers || !offered || offerDue) {
            return;
        }
        unanswered = false;
        answer = accept.status();
        switch (answer) {
            case RESUME -> out.resume(accept);
            case SNAPSHOT -> out.startOver(accept);
            case NO_HANDLER -> out.refused("the peer has no handler for it");
            default -> out.refused("the peer cannot take it: " + accept.reason());
        }
    }

    Lane lane(long now, long interval, boolean quick) {
        gatherMillis = interval;
        if (!out.changesWait()) {
            return Lane.NONE;
        }
        if (quick) {
            return Lane.URGENT;
        }
        boolean due = out.endAwaitsChanges() || now - lastFlush >= interval || out.backlog.unsent() >= FULL_BATCH;
        if (!due) {
            return Lane.NONE;
        }
        return out.backlog.removalWaits() ? Lane.URGENT : Lane.CHANGES;
    }

    /**
     * Writes changes.
     *
     * @param limit changes after it in the {@link TableOrder} must wait
     * @param atOnce without quick backup these changes would have been gathered first
     */
    boolean nextChanges(ByteBuffer into, int number, int peerNumber, long limit, long now, boolean atOnce) {
        Pending next = out.backlog.peek();
        if (!out.accepted() || next == null || next.number > limit || !out.windowOpen()) {
            return false;
        }
        int start = into.position();
        into.put((byte) FrameType.CHANGES);
        Wire.putNumber(into, number);
        Wire.putNumber(into, out.backlog.sent() + 1);
        // Confirms what these changes were made in knowledge of, so that the peer does not take them for a conflict.
        Wire.putNumber(into, peerNumber + 1);
        Wire.putNumber(into, in.applied());
        long stamp = next.stamp;
        Wire.putNumber(into, stamp);
        if (atOnce) {
            quickPrice.frame(into.position() - start);
        }
        do {
            int from = into.position();
            Pending pending = out.backlog.send();
            Entry entry = pending.entry();
            EntryCodec.write(into, entry, stamp);
            stamp = entry.stamp();
            changesSent++;
            if (atOnce || pending.onlyQuick) {
                quickPrice.sent(pending.hash, pending.onlyQuick, into.position() - from, now, gatherMillis);
            }
            next = out.backlog.peek();
        } while (next != null && next.number <= limit && fits(into, start, next) && out.windowOpen());
        if (next == null) {
            lastFlush = now;
        }
        bytesSent += into.position() - start;
        return true;
    }

    private static boolean fits(ByteBuffer into, int start, Pending next) {
        int size = EntryCodec.size(next.key.length, next.value == null ? 0 : next.value.length, next.soft.length);
        return into.position() - start + size <= Limits.BATCH_BYTES;
    }

    void snapshotBegin(ByteBuffer into, int number, long clock) {
        into.put((byte) FrameType.SNAPSHOT_BEGIN);
        Wire.putNumber(into, number);
        Wire.putNumber(into, out.snapshot().id);
        Wire.putNumber(into, out.round());
        Wire.putNumber(into, clock);
        Wire.putNumber(into, in.round());
        Wire.putNumber(into, in.applied());
        Wire.putNumber(into, in.snapshotId());
        Wire.putNumber(into, in.snapshotApplied());
        if (out.snapshot().gap() != null) {
            out.snapshot().gap().write(into);
        }
    }

    boolean nextSnapshot(ByteBuffer into, int number, long limit, Predicate<Entry> overtaken) {
        SnapshotOut snapshot = out.snapshot();
        if (!out.accepted() || snapshot == null || !snapshot.begun()) {
            return false;
        }
        boolean worthSending = snapshot.worthSending();
        out.skip(overtaken);
        Entry next = snapshot.peek();
        if (!worthSending || next == null) {
            return nextSnapshotEnd(into, number, snapshot);
        }
        if (snapshot.nextNumber() > limit) {
            return false;
        }
        int start = into.position();
        into.put((byte) FrameType.SNAPSHOT_ENTRIES);
        Wire.putNumber(into, number);
        Wire.putNumber(into, snapshot.id);
        Wire.putNumber(into, snapshot.sent() + 1);
        long stamp = next.stamp();
        Wire.putNumber(into, stamp);
        do {
            EntryCodec.write(into, next, stamp);
            stamp = next.stamp();
            snapshot.send();
            out.skip(overtaken);
            next = snapshot.peek();
        } while (next != null && snapshot.nextNumber() <= limit && into.position() - start
                + EntryCodec.size(next.key().length, next.value().length, next.soft().length) <= Limits.BATCH_BYTES);
        bytesSent += into.position() - start;
        return true;
    }

    private boolean nextSnapshotEnd(ByteBuffer into, int number, SnapshotOut snapshot) {
        if (!snapshot.endDue() || snapshot.awaitsChanges(out.backlog)) {
            return false;
        }
        snapshot.sendEnd();
        into.put((byte) FrameType.SNAPSHOT_END);
        Wire.putNumber(into, number);
        Wire.putNumber(into, snapshot.id);
        Wire.putNumber(into, snapshot.sent() + 1);
        return true;
    }

    long changesSent() {
        return changesSent;
    }

    long bytesSent() {
        return bytesSent;
    }

    QuickPrice quickPrice() {
        return quickPrice;
    }
}
