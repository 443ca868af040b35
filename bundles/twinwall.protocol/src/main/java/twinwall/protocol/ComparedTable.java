/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.protocol;

import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/** What a comparison needs of the table's replica. Guarded by the replica's lock. */
final class ComparedTable {

    private final int me;
    private final KeyHash hasher;
    private final Reconciler entries;
    private final Outgoing out;
    private final Incoming in;
    private final Supplier<TableSpec> spec;
    private List<Operation> applying = List.of();
    private BusyBuckets busy;

    ComparedTable(int me, KeyHash hasher, Reconciler entries, Outgoing out, Incoming in, Supplier<TableSpec> spec) {
        this.me = me;
        this.hasher = hasher;
        this.entries = entries;
        this.out = out;
        this.in = in;
        this.spec = spec;
    }

    /** Whether no handler is here: what is kept for the peer cannot put the peer right. */
    boolean kept() {
        return spec.get().kept();
    }

    /** Whether the peer has no handler and keeps what this firewall has. */
    boolean keptByPeer() {
        return in.keptByPeer();
    }

    /** Why it cannot be compared just now; empty when it can. */
    String hindrance() {
        if (!out.accepted() || !out.delivered() || out.snapshot() != null || in.state() != Incoming.State.OPEN || !in.complete()
                || in.snapshotOpen()) {
            return "not in sync";
        }
        Work.Open theirs = in.layout();
        boolean alike = theirs.schema() == spec.get().schema() && Arrays.equals(theirs.layout(), spec.get().layout());
        return alike ? "" : "the two handlers lay out entries differently";
    }

    /** From here on the buckets of changed entries count as busy, and those of which a change is on its way either way. */
    BusyBuckets open(DigestKey key, int bits) {
        busy = new BusyBuckets(key, bits);
        applying.forEach(operation -> busy.touch(operation.key()));
        out.backlog.all().forEach(pending -> busy.touch(pending.key));
        return busy;
    }

    void close() {
        busy = null;
    }

    void touch(byte[] key) {
        if (busy != null) {
            busy.touch(key);
        }
    }

    /** These are being done to the table from now on, and the ones before are done. */
    void applying(List<Operation> operations) {
        applying = operations;
        operations.forEach(operation -> touch(operation.key()));
    }

    /** Announces what is in this firewall's table as if it had just changed; {@code value} is null when the entry is not there. */
    void announce(byte[] key, byte[] value, byte[] soft, long now) {
        entries.changed(new Pending(key, hasher.of(key)), value, value == null ? Entry.NOTHING : soft, now);
    }

    /** Who made the entry's last state as far as is known here: 0 nobody, 1 the first, 2 the second firewall. */
    int maker(byte[] key) {
        long cell = entries.cell(hasher.of(key));
        return cell == Cell.NONE || Cell.removed(cell) ? 0 : 1 + Cell.origin(Cell.stampOf(cell));
    }

    /** This firewall as a maker. */
    int me() {
        return me + 1;
    }

    long known() {
        return entries.entries();
    }

    /** Pseudo-random for everybody who does not know this process's secret. */
    long secret(byte... of) {
        return hasher.of(of);
    }
}
