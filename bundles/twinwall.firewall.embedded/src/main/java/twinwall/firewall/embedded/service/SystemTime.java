/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.service;

/** The system's time in micros since 1970, unmoved by later changes of the wall clock. */
public final class SystemTime {

    private static final long BASE = System.currentTimeMillis() * 1000 - System.nanoTime() / 1000;

    private SystemTime() {
    }

    /** Now. */
    public static long micros() {
        return BASE + System.nanoTime() / 1000;
    }
}
