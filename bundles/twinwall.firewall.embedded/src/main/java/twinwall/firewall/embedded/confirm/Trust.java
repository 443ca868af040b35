/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.confirm;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;

import twinwall.firewall.PeerAnswer;

/**
 * Whether it is worth waiting for the peer. Where it is not, packets go on as with quick backup alone, one line says so, and the answers to
 * changes that nothing waits for show when it is again. Used under the firewall's lock only.
 */
final class Trust {

    /** So many waits in a row that reach the bound are one too many. */
    static final int MISSES = 3;
    /** So many answers in a row within half the bound make up for them. */
    static final int FAST_ANSWERS = 8;

    private static final Logger LOG = System.getLogger("twinwall.firewall.embedded");

    /** What is done with the first packet of a session. */
    enum State {

        /** It waits. */
        HOLDING,

        /** It does not wait, because sessions are not backed up before they are set up. */
        NEEDS_QUICK_BACKUP,

        /** It does not wait, because no peer confirms. */
        NO_PEER,

        /** It does not wait, because the peer is too slow. */
        PEER_SLOW
    }

    private final int boundMillis;
    private State state = State.HOLDING;
    private String why = "";
    private int misses;
    private int fast;
    private long fallbacks;

    Trust(int boundMillis) {
        this.boundMillis = boundMillis;
    }

    boolean holds() {
        return state == State.HOLDING;
    }

    /** The session is not due for backup. */
    void notDue() {
        to(State.NEEDS_QUICK_BACKUP, "quick backup is off, so the peer gets a session only once it is set up");
    }

    /** Nobody will say that the peer has an entry. */
    void unconfirmed(PeerAnswer.Outcome outcome) {
        switch (outcome) {
            case NO_PEER -> to(State.NO_PEER, "there is no link to the peer");
            case NOT_FOLLOWED -> to(State.NO_PEER, "the peer does not follow a table that the session needs");
            case UNKNOWN -> to(State.NO_PEER, "no handler can tell what the peer has");
            default -> {
                // The peer has a state of its own: it is there.
            }
        }
    }

    /** A session waited as long as it may. */
    void missed() {
        if (++misses >= MISSES) {
            to(State.PEER_SLOW, "the peer did not confirm " + MISSES + " sessions in a row within " + boundMillis + " ms");
        }
    }

    /** A session is due, and the peer's answer under way: where only quick backup was missing, waiting begins again with this one. */
    void due() {
        if (state == State.NEEDS_QUICK_BACKUP) {
            back();
        }
    }

    /** The peer has confirmed after that time. */
    void confirmed(long micros) {
        misses = 0;
        if (state == State.NO_PEER) {
            back();
        } else if (state == State.PEER_SLOW) {
            fast = micros <= boundMillis * 500L ? fast + 1 : 0;
            if (fast >= FAST_ANSWERS) {
                back();
            }
        }
    }

    private void to(State next, String reason) {
        if (state == next && why.equals(reason)) {
            return;
        }
        if (state == State.HOLDING) {
            fallbacks++;
            LOG.log(Level.WARNING, "Confirm before forward: {0}. The first packets of sessions go on without waiting for the peer, as with "
                    + "quick backup alone; waiting begins again by itself.", reason);
        }
        state = next;
        why = reason;
        fast = 0;
    }

    private void back() {
        state = State.HOLDING;
        why = "";
        misses = 0;
        LOG.log(Level.INFO, "Confirm before forward: the first packet of each session waits for the peer, {0} ms at most.",
                Integer.toString(boundMillis));
    }

    State state() {
        return state;
    }

    /** Why nothing waits; empty while it does. */
    String why() {
        return why;
    }

    /** How often waiting has ended. */
    long fallbacks() {
        return fallbacks;
    }
}
