/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.engine;

import twinwall.group.Role;
import twinwall.protocol.Keeper;
import twinwall.protocol.KeptSpace;
import twinwall.protocol.Member;
import twinwall.protocol.TableReplica;
import twinwall.protocol.Work;

/** What the peer offers of one table while no handler is here: looks when to keep it, and has it. On the table's lane, if not said. */
final class Keeping {

    /** A handler that is replaced comes back sooner: what the peer has need not be copied twice then. */
    private static final long PATIENCE_MILLIS = 2000;

    private final String type;
    private final Member member;
    private final KeptSpace space;
    private volatile Keeper keeper;
    private volatile Foreign foreign;
    private long wantedSince = -1;
    private volatile long dropped;

    /** A table of the peer that was never here. */
    private record Foreign(Work.Open layout, boolean confidential) {
    }

    Keeping(String type, Member member, KeptSpace space) {
        this.type = type;
        this.member = member;
        this.space = space;
    }

    /** The peer offers the table, which was never here. Any thread. */
    void offered(Work.Open layout, boolean confidential) {
        foreign = new Foreign(layout, confidential);
    }

    /** Whether it is time to begin; {@code replica} is null when the table was never here. On the clock's thread. */
    boolean due(TableReplica replica, boolean served, long now) {
        if (served || keeper != null || layout(replica) == null || !space.any() || member.role() == Role.ACTIVE) {
            // An active firewall has what counts itself.
            wantedSince = -1;
            return false;
        }
        wantedSince = wantedSince < 0 ? now : wantedSince;
        return now - wantedSince >= PATIENCE_MILLIS;
    }

    private Work.Open layout(TableReplica replica) {
        Foreign first = foreign;
        return replica != null ? replica.keepable() : first == null ? null : first.layout();
    }

    /** Begins to keep; null when there is nothing to keep any more. */
    Keeper begin(TableReplica replica) {
        Work.Open layout = layout(replica);
        if (layout != null && keeper == null) {
            keeper = new Keeper(type, layout, replica == null ? foreign.confidential() : replica.confidential(), space);
        }
        return keeper;
    }

    /** Drops what is kept, which the peer has, and gives the keeper that goes on, or null. */
    Keeper anew(TableReplica replica) {
        dropped += keeper.kept().size();
        keeper = keeper.next(replica);
        return keeper;
    }

    /** A handler has everything, or needs nothing of it. */
    void ends() {
        Keeper before = keeper;
        keeper = null;
        if (before != null) {
            before.kept().clear();
        }
    }

    /** What has been kept and waits for a handler, or null. Any thread. */
    Keeper keeper() {
        return keeper;
    }

    /** Entries kept. Any thread. */
    long kept() {
        Keeper keeping = keeper;
        return keeping == null ? 0 : keeping.kept().size();
    }

    /** Entries dropped because there was no room for the whole table, or the peer lays them out otherwise. Any thread. */
    long dropped() {
        return dropped;
    }
}
