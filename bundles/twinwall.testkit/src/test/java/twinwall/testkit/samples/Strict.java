/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.testkit.samples;

import twinwall.record.Key;

/** An entry whose constructor takes few values. */
public record Strict(@Key String name, int weight, int backlog) {

    /** Refuses all but names of one domain. */
    public Strict {
        if (!name.endsWith(".example")) {
            throw new IllegalArgumentException("'" + name + "' is not below .example");
        }
    }
}
