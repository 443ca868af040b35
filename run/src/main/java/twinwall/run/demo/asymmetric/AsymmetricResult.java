/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.demo.asymmetric;

import java.util.List;

/**
 * What all runs have shown.
 *
 * @param runs in the order in which they were made, with all delays of a mode together
 */
record AsymmetricResult(List<Measured> runs) {

    /** Whether every connection worked with confirm before forward, and with redirecting. */
    boolean confirmed() {
        return runs.stream().filter(run -> run.mode() == Mode.CONFIRM || run.mode() == Mode.REDIRECT).allMatch(Measured::everyOneWorks);
    }

    /** How much longer the SYN was inside FW_A than by default, with the same delay; micros, less than 0 by chance only. */
    long addedMicros(Measured run, int percent) {
        return runs.stream().filter(other -> other.mode() == Mode.DEFAULT && other.delayMicros() == run.delayMicros()).findFirst()
                .map(other -> run.synMicros(percent) - other.synMicros(percent)).orElse(0L);
    }
}
