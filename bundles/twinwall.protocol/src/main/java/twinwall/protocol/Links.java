/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.protocol;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The connections to the peer, and which of them carries the data: of those that work the first in the order of links. The firewall whose
 * name sorts first chooses, the other follows. Changes are guarded by the {@link Member}; reading needs no lock.
 */
final class Links {

    /** Why no data goes. */
    static final String NO_LINK = "no link to the peer";
    /** Why no data goes although the peer is heard. */
    static final String HEARTBEATS_ONLY = "only heartbeat-only links reach the peer";

    /** Of two that work as well, the first in order. */
    private static final Comparator<Session> IN_ORDER = Comparator.comparingInt(Session::order);

    private final boolean chooses;
    private final HelloTiming hellos;
    private final List<Session> sessions = new CopyOnWriteArrayList<>();
    private final HoldDown holdDown = new HoldDown();
    private volatile Session running;
    /** Counts how often the running link was chosen. */
    private volatile long choice;
    private long heardSentAt = -1;

    Links(boolean chooses, HelloTiming hellos) {
        this.chooses = chooses;
        this.hellos = hellos;
    }

    void add(Session session) {
        sessions.add(session);
    }

    /** @return whether it carried the data */
    boolean remove(Session session, long now) {
        sessions.remove(session);
        if (running != session) {
            return false;
        }
        holdDown.failed(session.order(), now, hellos.detectionMillis());
        return true;
    }

    List<Session> all() {
        return sessions;
    }

    boolean anyEstablished() {
        return sessions.stream().anyMatch(Session::established);
    }

    /** The one that carries the data, or null. */
    Session running() {
        return running;
    }

    /** The present choice, as the hellos on the chosen link tell it: the first's own, or the one that the second follows. */
    long choice() {
        return choice;
    }

    /** Whether this firewall is the one that chooses. */
    boolean chooses() {
        return chooses;
    }

    /** A new process of the peer counts its choices anew. */
    void forgetChoice() {
        if (!chooses) {
            choice = 0;
        }
    }

    /**
     * Which connection is to carry the data, as the first firewall sees it; null when none can.
     * <p>
     * One that has missed hellos, in either direction, gives way to any that has not. One that has missed none gives way to an earlier one
     * in order only, and only when that has worked for long enough.
     */
    Session best(long now) {
        Hellos timing = hellos.now();
        sessions.forEach(session -> session.noteHealth(now, timing));
        List<Session> fresh = new ArrayList<>(sessions.size());
        List<Session> usable = new ArrayList<>(sessions.size());
        for (Session session : sessions) {
            if (session.mayCarryData() && session.works(now, timing)) {
                usable.add(session);
                if (session.fresh(now, timing)) {
                    fresh.add(session);
                }
            }
        }
        Session current = running;
        if (current == null || !usable.contains(current)) {
            return first(fresh.isEmpty() ? usable : fresh, now, timing);
        }
        if (!fresh.contains(current)) {
            return fresh.isEmpty() ? current : first(fresh, now, timing);
        }
        return fresh.stream().filter(session -> session.order() < current.order() && allowed(session, now, timing)).min(IN_ORDER)
                .orElse(current);
    }

    private Session first(List<Session> of, long now, Hellos timing) {
        return of.stream().min(Comparator.comparing((Session session) -> !allowed(session, now, timing)).thenComparing(IN_ORDER))
                .orElse(null);
    }

    private boolean allowed(Session session, long now, Hellos timing) {
        return holdDown.allows(session.order(), session.goodSince(), now, timing.detectionMillis());
    }

    /** The first firewall has chosen; {@code next} may be null. */
    void choose(Session next, long now) {
        if (running != null && sessions.contains(running) && !running.fresh(now, hellos.now())) {
            holdDown.failed(running.order(), now, hellos.detectionMillis());
        }
        running = next;
        if (next != null) {
            choice++;
            holdDown.runs(next.order(), now);
        }
    }

    /** The second firewall follows a choice; false when it is an older one, told by a late hello of a slow link. */
    boolean follow(Session session, long number) {
        if (chooses || number <= choice || !sessions.contains(session)) {
            return false;
        }
        choice = number;
        running = session;
        return true;
    }

    /** The running link is gone, and the second firewall waits for the next choice. */
    void stop() {
        running = null;
    }

    /** When the last hello was sent, on any link, that the peer says it has heard; -1 while there is none. */
    long heardSentAt() {
        sessions.forEach(session -> heardSentAt = Math.max(heardSentAt, session.heardSentAt()));
        return heardSentAt;
    }

    /** Whether data gets through in both directions. */
    boolean dataGoes(long now) {
        Session session = running;
        return session != null && session.works(now, hellos.now());
    }

    /** Why no data gets through; empty when it does. */
    String whyNoData(long now) {
        if (dataGoes(now)) {
            return "";
        }
        Hellos timing = hellos.now();
        boolean alive = sessions.stream().anyMatch(session -> session.heartbeatOnly() && session.works(now, timing));
        return alive ? HEARTBEATS_ONLY : NO_LINK;
    }
}
