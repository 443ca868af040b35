/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.trials;

import java.nio.file.Path;
import java.util.List;

import twinwall.run.trials.failure.Failure;

/**
 * What the user asked for.
 *
 * @param kills rounds of the kind {@code kill}
 * @param rounds rounds of each other kind
 * @param helloMillis time between two hellos
 * @param helloMisses so many missed and the peer is down
 * @param stopMillis how long a stopped firewall is stopped
 */
record Options(long seed, int kills, int rounds, List<Failure> failures, int helloMillis, int helloMisses, long stopMillis, Path work) {

    /** How often that kind is tried. */
    int rounds(Failure failure) {
        return failure.name().equals("kill") ? kills : rounds;
    }

    /** How long a firewall may be silent before its peer takes it for dead. */
    long silenceMillis() {
        return (long) helloMillis * helloMisses;
    }
}
