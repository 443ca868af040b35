/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.demo.asymmetric;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/**
 * What one run has shown.
 *
 * @param delayMicros the path delay that was asked for
 * @param attempts every connection
 */
record Measured(Mode mode, int delayMicros, List<Attempt> attempts) {

    int connections() {
        return attempts.size();
    }

    long established() {
        return attempts.stream().filter(Attempt::established).count();
    }

    /** Connections whose SYN-ACK came to FW_B before the session. */
    long lostRace() {
        return attempts.stream().filter(Attempt::lostRace).count();
    }

    boolean everyOneWorks() {
        return established() == connections();
    }

    /** Where connections stopped, with how many did. */
    Map<String, Long> stops() {
        return attempts.stream().filter(attempt -> !attempt.established())
                .collect(Collectors.groupingBy(Attempt::stoppedAt, TreeMap::new, Collectors.counting()));
    }

    /** How long the SYN was inside FW_A, micros that so many percent do not exceed; 0 when none came out. */
    long synMicros(int percent) {
        return percentile(Attempt::synNanos, percent);
    }

    /** How long the way from FW_A to FW_B took in fact. */
    long pathMicros(int percent) {
        return percentile(Attempt::pathNanos, percent);
    }

    private long percentile(ToLongFunction<Attempt> nanos, int percent) {
        long[] sorted = attempts.stream().mapToLong(nanos).filter(value -> value >= 0).toArray();
        Arrays.sort(sorted);
        return sorted.length == 0 ? 0 : sorted[(sorted.length * percent + 99) / 100 - 1] / 1000;
    }
}
