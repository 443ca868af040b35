/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.table;

import twinwall.firewall.embedded.session.SharedUse;
import twinwall.firewall.embedded.session.Timer;

/**
 * One entry in its table. The packet path may keep it as long as {@link #present} says so.
 *
 * @param <E> the entry
 */
public final class Slot<E extends Record> extends Timer {

    static final long FOREVER = Long.MAX_VALUE;
    static final int PEER = -1;

    E entry;
    /** When its time began, micros; 0-based as long as no time is known. */
    long since;
    /** How long it holds from then on; {@link #FOREVER} when it does not end by itself. */
    long span = FOREVER;
    /** When the peer last told of it, micros; {@link SharedUse#NEVER} when it has not. */
    long heard = SharedUse.NEVER;
    /** When the peer was last told of it, micros; 0 when it was not. */
    long told;
    /** When it was last used here, micros. */
    long used = SharedUse.NEVER;
    int place = -1;
    /** In which stretch of forwarding this firewall has put it in itself, see {@code FirewallTime}; the peer's: {@link #PEER}. */
    int stretch = PEER;

    Slot(E entry) {
        this.entry = entry;
    }

    /** The entry; its remaining time is that of its last change. */
    public E entry() {
        return entry;
    }

    /** Whether it is still in its table. */
    public boolean present() {
        return place >= 0;
    }
}
