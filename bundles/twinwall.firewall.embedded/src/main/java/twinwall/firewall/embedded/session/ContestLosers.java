/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.session;

import java.util.ArrayList;
import java.util.List;

import twinwall.firewall.embedded.count.ReasonCounter;

/**
 * What becomes of those who lose a {@link Contest}. Their sessions end here, and the peer is told: a session that went on without the
 * entry it needs would be dropped after the next takeover, though the peer had confirmed it. Used under the firewall's lock only.
 */
public final class ContestLosers {

    /** Flows that are looked at while one packet waits. */
    private static final int MOST_AT_ONCE = 16_384;
    private static final int DONE = -1;

    private final Sessions sessions;
    private final ReasonCounter<Settled> counter = Settled.counter();
    private final List<Runnable> news = new ArrayList<>();
    private int place = DONE;

    ContestLosers(Sessions sessions) {
        this.sessions = sessions;
    }

    /** How contests were settled so far. Safe for threads. */
    public ReasonCounter<Settled> counter() {
        return counter;
    }

    /** Somebody has lost a place or a block, here or by what the peer is told: sessions that need it are looked for. */
    public void lost(Settled what) {
        counter.count(what);
        place = 0;
    }

    /** A session of the peer came behind what it needs, which another host keeps here. */
    void cameLate(Flow flow) {
        if (sessions.time().forwarding() && sessions.nat().lost(flow)) {
            place = 0;
        }
    }

    /** Somebody has another place now. */
    public void moved() {
        counter.count(Settled.PLACE_MOVED);
    }

    /** An entry of the peer was refused; what is told of it would be no news while it is being looked at, but is soon. */
    void refused(Runnable tell) {
        news.add(tell);
    }

    /** A flow was taken from the peer in place of an own one: the peer, which may have given it up already, is told of it soon. */
    void taken(Flow flow) {
        news.add(() -> sessions.tell(flow));
    }

    /** A flow is in the way of what the peer says; returns whether it was this firewall's own, so that the peer is to be told. */
    boolean givesUp(Flow flow) {
        boolean own = sessions.isOwn(flow);
        if (own) {
            counter.count(Settled.SESSION_ENDED);
        }
        return own;
    }

    void age() {
        if (!news.isEmpty()) {
            List<Runnable> due = List.copyOf(news);
            news.clear();
            if (sessions.time().forwarding()) {
                due.forEach(Runnable::run);
            }
        }
        if (place != DONE) {
            endSome();
        }
    }

    private void endSome() {
        FlowTable table = sessions.table();
        int end = Math.min(table.places(), place + MOST_AT_ONCE);
        for (; place < end; place++) {
            Flow flow = table.at(place);
            if (flow != null && sessions.time().forwarding() && sessions.nat().lost(flow)) {
                counter.count(Settled.SESSION_ENDED);
                sessions.remove(flow, true);
            }
        }
        place = end < table.places() ? end : DONE;
    }
}
