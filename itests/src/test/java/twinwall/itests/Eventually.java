/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.itests;

import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** Waits for what must happen soon. */
final class Eventually {

    private static final long MOST_MILLIS = 30_000;
    private static final long LOOK_MILLIS = 10;

    private Eventually() {
    }

    /** Returns when the condition holds; fails when it does not within half a minute. What the condition throws counts as not yet. */
    static void eventually(String what, Callable<Boolean> condition) {
        eventually(MOST_MILLIS, what, condition);
    }

    /** The same with a patience of its own, for what begins with programs that start. */
    static void eventually(long mostMillis, String what, Callable<Boolean> condition) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(mostMillis);
        Exception last = null;
        while (System.nanoTime() < end) {
            try {
                if (condition.call()) {
                    return;
                }
                last = null;
                TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError("Interrupted while waiting: " + what, e);
            } catch (Exception e) {
                last = e;
            }
        }
        throw new AssertionError("Not within " + mostMillis + " ms: " + what, last);
    }
}
