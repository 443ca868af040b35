/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.protocol;

import java.util.ArrayDeque;
import java.util.Deque;

/** Which of the hellos sent on one connection the peer says it has heard, and for how long it has heard nothing new. Thread-safe. */
final class Echo {

    /** Hellos remembered; what is sent beyond counts as sent together with the one before. */
    private static final int MOST = 128;

    private final Deque<Sent> unheard = new ArrayDeque<>();
    private long heardSentAt = -1;
    private long notBefore = Long.MIN_VALUE;

    private record Sent(long number, long at) {
    }

    synchronized void sent(long number, long now) {
        if (unheard.size() < MOST) {
            unheard.add(new Sent(number, now));
        }
    }

    /**
     * The peer has heard all hellos up to this number.
     *
     * @return whether it has heard one that it had not said so of before
     */
    synchronized boolean heard(long number) {
        boolean news = false;
        while (!unheard.isEmpty() && unheard.peek().number <= number) {
            heardSentAt = unheard.poll().at;
            news = true;
        }
        return news;
    }

    /** For how long the oldest hello that the peer has not said it has heard is under way; 0 when there is none. */
    synchronized long unheardMillis(long now) {
        return unheard.isEmpty() ? 0 : Math.max(0, now - Math.max(notBefore, unheard.peek().at));
    }

    /** This process stood still until now and could not hear anything. */
    synchronized void listenAnew(long now) {
        notBefore = now;
    }

    /** When the last hello was sent of which the peer says that it has heard it, -1 while there is none. */
    synchronized long heardSentAt() {
        return heardSentAt;
    }
}
