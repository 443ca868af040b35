/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.engine;

/** Notices a handler that does not come back: marks when control went into its code and when it came out. */
final class CallWatch {

    private volatile long since;

    void enter() {
        since = Math.max(1, Threads.now());
    }

    void leave() {
        since = 0;
    }

    /** Milliseconds that the handler has had control, 0 when it has not. */
    long millis(long now) {
        long entered = since;
        return entered == 0 ? 0 : now - entered;
    }
}
