/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.confirm;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import twinwall.firewall.PeerAnswer;
import twinwall.firewall.embedded.session.Flow;

/**
 * A new session whose packets wait until the peer has everything that was made for it: the session, and what it is translated by. Answers
 * come on any thread; all else is used under the firewall's lock.
 */
final class Hold implements PeerAnswer {

    private final ConfirmBeforeForward owner;
    /** The answers that are missing, and one more until all questions are asked. */
    private final AtomicInteger missing = new AtomicInteger(1);
    /** Those who can tell whether the peer has the session. */
    private final AtomicInteger tellers = new AtomicInteger();
    private volatile Outcome failure;

    /** Whose packets wait; null while none do. */
    Flow flow;
    /** When it began. */
    final long since;
    /** The session is not backed up just now. */
    volatile boolean notDue;
    /** It has its answers, or is given up. */
    boolean settled;
    /** It waited as long as it may. */
    boolean late;
    private List<HeldFrame> frames = new ArrayList<>(1);

    Hold(ConfirmBeforeForward owner, long since) {
        this.owner = owner;
        this.since = since;
    }

    /** Asks for something the session needs. */
    PeerAnswer entry() {
        missing.incrementAndGet();
        return this;
    }

    /** Asks for the session. */
    PeerAnswer session() {
        missing.incrementAndGet();
        tellers.incrementAndGet();
        return this::sessionDone;
    }

    private void sessionDone(Outcome outcome) {
        if (outcome == Outcome.UNKNOWN) {
            tellers.decrementAndGet();
        } else if (outcome == Outcome.NOT_DUE) {
            notDue = true;
        }
        done(outcome);
    }

    /** Whether anybody can tell whether the peer has the session. */
    boolean told() {
        return tellers.get() > 0;
    }

    @Override
    public void done(Outcome outcome) {
        if (failure == null && (outcome == Outcome.NO_PEER || outcome == Outcome.NOT_FOLLOWED || outcome == Outcome.OVERTAKEN)) {
            failure = outcome;
        }
        if (missing.decrementAndGet() == 0) {
            owner.answered(this);
        }
    }

    /** All questions are asked. Returns whether all answers are there. */
    boolean asked() {
        return missing.decrementAndGet() == 0;
    }

    /** Why the peer does not have everything; null when it has, as far as is known. */
    Outcome failure() {
        return failure;
    }

    void add(HeldFrame frame) {
        frames.add(frame);
    }

    /** The frames that have come since the last call. */
    List<HeldFrame> take() {
        List<HeldFrame> taken = frames;
        frames = new ArrayList<>(1);
        return taken;
    }
}
