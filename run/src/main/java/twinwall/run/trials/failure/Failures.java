/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.trials.failure;

import java.util.List;

/** Every kind of failure that is tried, in the order of the report. */
public final class Failures {

    private Failures() {
    }

    /** All of them. */
    public static List<Failure> all() {
        return List.of(new Kill(), new Switchover(), new Stop(), new LinkCut(true), new LinkCut(false), new OneWayCut(),
                new OneWayCutOfAll(true), new OneWayCutOfAll(false), new Delay(), new SplitBrain());
    }
}
