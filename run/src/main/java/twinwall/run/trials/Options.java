/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.trials;

import java.nio.file.Path;
import java.util.List;

import twinwall.run.trials.failure.Failure;
import twinwall.run.trials.stage.Timing;

/**
 * What the user asked for.
 *
 * @param kills rounds of the kind {@code kill}
 * @param rounds rounds of each other kind
 * @param timing how quickly the firewalls notice, and how long failures last
 */
record Options(long seed, int kills, int rounds, List<Failure> failures, Timing timing, Path work) {

    /** How often that kind is tried. */
    int rounds(Failure failure) {
        return failure.name().equals("kill") ? kills : rounds;
    }
}
