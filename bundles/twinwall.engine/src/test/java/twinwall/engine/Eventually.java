/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.engine;

import static org.assertj.core.api.Assertions.fail;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for a condition, with a bound. */
final class Eventually {

    private static final long BOUND_MILLIS = 20_000;

    private Eventually() {
    }

    static void eventually(String what, BooleanSupplier condition) {
        long end = Threads.now() + BOUND_MILLIS;
        while (!condition.getAsBoolean()) {
            if (Threads.now() > end) {
                fail("Not within " + BOUND_MILLIS + " ms: " + what);
            }
            LockSupport.parkNanos(1_000_000);
        }
    }
}
