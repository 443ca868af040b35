/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.trials.failure;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Every kind of failure that is tried, in the order of the report. */
public final class Failures {

    private Failures() {
    }

    /**
     * Those with these names, in the order of the report; all when none is named.
     *
     * @throws IllegalArgumentException when there is no such kind; the message names those that there are
     */
    public static List<Failure> named(List<String> names) {
        List<Failure> all = all();
        for (String name : names) {
            if (all.stream().noneMatch(failure -> failure.name().equals(name))) {
                throw new IllegalArgumentException(name + ": no such kind. There are: "
                        + all.stream().map(Failure::name).collect(Collectors.joining(", ")));
            }
        }
        return all.stream().filter(failure -> names.isEmpty() || names.contains(failure.name())).toList();
    }

    /** Their names, for a program's help. */
    public static final class Names extends ArrayList<String> {

        private static final long serialVersionUID = 1;

        /** All of them. */
        public Names() {
            all().forEach(failure -> add(failure.name()));
        }
    }

    /** All of them. */
    public static List<Failure> all() {
        return List.of(new Kill(), new KillStandby(), new Switchover(), new Stop(), new LinkCut(true), new LinkCut(false),
                new OneWayCut(), new OneWayCutOfAll(true), new OneWayCutOfAll(false), new Delay(), new SplitBrain());
    }
}
