/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.protocol;

import java.io.IOException;

/** Memory for the {@link KeptEntries} of all tables of one firewall. Any thread may call it. */
public final class KeptSpace {

    private final long limit;
    private long used;

    /** There is no room for a further entry. */
    public static final class Full extends IOException {

        private static final long serialVersionUID = 1L;

        Full(long limit) {
            super("at most " + (limit >> 20) + " MiB are kept for tables without a handler");
        }
    }

    /** @param limit bytes for all tables together; 0: nothing is kept */
    public KeptSpace(long limit) {
        this.limit = limit;
    }

    /** Whether anything is kept at all. */
    public boolean any() {
        return limit > 0;
    }

    synchronized void take(long bytes) throws Full {
        if (bytes > 0 && used + bytes > limit) {
            throw new Full(limit);
        }
        used += bytes;
    }

    synchronized void free(long bytes) {
        used -= bytes;
    }

    long limit() {
        return limit;
    }

    /** Bytes in use. */
    public synchronized long used() {
        return used;
    }
}
