/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.handler;

import org.osgi.annotation.versioning.ConsumerType;
import twinwall.firewall.FirewallTable;
import twinwall.firewall.SessionFacts;
import twinwall.spi.BackupTiming;

/**
 * Backs up sessions, or what belongs to one session each: due as {@link SessionTiming} says, or {@linkplain SessionFacts#early early}. Of
 * two firewalls' entries the one stays whose session is further.
 *
 * @param <E> the entry
 */
@ConsumerType
public abstract class SessionTableHandler<E extends Record & SessionFacts> extends RecordTableHandler<E> {

    private final boolean local;

    /** Backs up a table; {@code local}: with sessions to or from the firewall itself. */
    protected SessionTableHandler(FirewallTable<E> table, Class<E> entry, boolean local) {
        super(table, entry);
        this.local = local;
    }

    @Override
    protected boolean due(E entry, BackupTiming timing) {
        return entry.early() || SessionTiming.due(entry.protocol(), entry.state(), entry.local() && !local, timing);
    }

    /** A session never goes back from set up to half-open, and half-open ones come and go by the thousands. */
    @Override
    protected boolean mayBeOnPeer(E last, BackupTiming widest) {
        return due(last, widest);
    }

    @Override
    protected int compare(E mine, E theirs) {
        return SessionTiming.compare(mine, theirs);
    }
}
