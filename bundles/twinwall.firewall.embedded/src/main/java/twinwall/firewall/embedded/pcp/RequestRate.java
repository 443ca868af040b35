/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.pcp;

import java.util.Arrays;

import twinwall.firewall.embedded.nat.Endpoints;

/**
 * Limits how many requests are answered in a second, of all clients and of one: a tenth of all. Clients are counted in a fixed number of
 * places, so two may share one; which do, nobody can know.
 */
final class RequestRate {

    private static final int PLACES = 4096;
    private static final int ONE_OF = 10;
    private static final long SECOND = 1_000_000;

    private final int most;
    private final int[] counts = new int[PLACES];
    private int all;
    private long second;

    RequestRate(int most) {
        this.most = most;
    }

    /** Counts a request; whether it may be answered. */
    boolean admits(int client, long nowMicros) {
        long now = nowMicros / SECOND;
        if (now != second) {
            second = now;
            all = 0;
            Arrays.fill(counts, 0);
        }
        int place = Endpoints.address(client).hashCode() & PLACES - 1;
        return all < most && ++counts[place] <= most / ONE_OF && ++all <= most;
    }
}
