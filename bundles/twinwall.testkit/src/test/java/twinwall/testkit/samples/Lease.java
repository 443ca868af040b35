/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.testkit.samples;

import twinwall.record.Key;
import twinwall.record.Secret;
import twinwall.record.Soft;

/** An entry of a table that only the tests have. */
public record Lease(@Key int id, boolean ready, String holder, @Secret String pin, @Soft int remaining) {

    /** Refuses what no firewall has. */
    public Lease {
        if (id < 0) {
            throw new IllegalArgumentException("id " + id + " is negative");
        }
    }
}
