/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.protocol;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Applies what came from the peer to the table. The replica decides under its lock, the handler is called without it; what the
 * firewall changed in between is put right afterwards, so that the table holds what was announced to the peer.
 */
public final class Applier {

    /** At most this many entries that the peer no longer has are removed in one pass over the table. */
    private static final int EXTRAS_PER_PASS = 65_536;

    private final TableReplica replica;
    private final TableAccess table;

    /** For one table. */
    public Applier(TableReplica replica, TableAccess table) {
        this.replica = replica;
        this.table = table;
    }

    /**
     * Does one piece of work.
     *
     * @throws IOException from the handler: the caller takes the table out of sync with {@link TableReplica#restoringFailed}
     */
    public void apply(Work work) throws IOException {
        if (work instanceof Work.Open open) {
            table.open(open.schema(), open.layout());
        } else if (work instanceof Work.Changes changes) {
            entries(changes.entries(), false);
        } else if (work instanceof Work.Snapshot snapshot) {
            entries(snapshot.entries(), true);
        } else if (work instanceof Work.End) {
            removeExtras();
        }
        replica.done(work);
    }

    private void entries(List<Entry> entries, boolean snapshot) throws IOException {
        List<Conflict> conflicts = snapshot ? List.of() : replica.conflicts(entries);
        for (Conflict conflict : conflicts) {
            conflict.verdict(table.compare(conflict.key(), conflict.mine(), conflict.theirs()));
        }
        apply(replica.decide(entries, snapshot, conflicts));
    }

    private void apply(List<Operation> operations) throws IOException {
        List<Operation> due = operations;
        while (!due.isEmpty()) {
            for (Operation operation : due) {
                if (operation.value() == null) {
                    table.remove(operation.key());
                } else {
                    table.put(operation.key(), operation.value(), operation.soft());
                }
                operation.done();
            }
            due = replica.settle(due);
        }
    }

    private void removeExtras() throws IOException {
        if (!replica.extrasExist()) {
            return;
        }
        List<byte[]> extras = new ArrayList<>();
        do {
            extras.clear();
            table.visit((key, value, soft) -> {
                if (extras.size() < EXTRAS_PER_PASS && replica.isExtra(key)) {
                    extras.add(key);
                }
            });
            apply(replica.removeExtras(extras));
        } while (extras.size() == EXTRAS_PER_PASS);
    }
}
