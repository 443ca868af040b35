/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.trials.traffic;

import twinwall.firewall.embedded.port.Answer;

/** One packet that is offered to both firewalls, and what they say. Safe for threads. */
final class Packet {

    private final long sent = System.nanoTime();
    private int open;
    private Answer answer;

    /** When it was sent, {@link System#nanoTime}. */
    long sent() {
        return sent;
    }

    synchronized void offered() {
        open++;
    }

    /** Null when the firewall is gone. */
    synchronized void answered(Answer said) {
        open--;
        if (said != null && (answer == null || said.forwarded() && !answer.forwarded())) {
            answer = said;
        }
        notifyAll();
    }

    /**
     * Waits until one has forwarded it or both have answered.
     *
     * @return null when neither has answered in that time
     */
    synchronized Answer await(long millis) throws InterruptedException {
        long end = System.nanoTime() + millis * 1_000_000;
        while (open > 0 && (answer == null || !answer.forwarded())) {
            long left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                break;
            }
            wait(left);
        }
        return answer;
    }
}
