/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.tables;

import java.util.ArrayList;
import java.util.List;

/** Packets and requests tried after the failover, and what came of them. */
public final class Tries {

    private int tried;
    private final List<String> failures = new ArrayList<>();

    /** One packet or request was tried. {@code what} says what should have happened, and is shown when it did not. */
    public void expect(boolean happened, String what) {
        tried++;
        if (!happened) {
            failures.add(what);
        }
    }

    /** How many. */
    public int tried() {
        return tried;
    }

    /** What did not happen as it should. */
    public List<String> failures() {
        return failures;
    }
}
