/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.bench;

import java.io.IOException;
import java.util.List;

/** Measures one thing, or a few that come out of one run. */
interface Measure {

    /** As {@code --only} takes it. */
    String name();

    /** What it does, in a few words. */
    String about();

    /**
     * Measures.
     *
     * @throws IOException when it cannot be done here; the message says why, the other measures go on
     */
    /** Whether it is left out unless it is asked for by its name. Default: no. */
    default boolean onlyByName() {
        return false;
    }

    List<Row> run(Workshop workshop) throws IOException, InterruptedException;
}
