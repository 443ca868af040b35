/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.trials.failure;

import java.io.IOException;

import twinwall.run.trials.wiring.Wiring;

/** A kind of failure. Without state: one object serves every round. */
public interface Failure {

    /** For {@code --only} and the report: lower case, words joined by hyphens. */
    String name();

    /** What happens and what is demanded, in a line. */
    String about();

    /** How often the role may pass from one firewall to the other, as packets see it; -1 when both forward by necessity. Default: never. */
    default int handovers() {
        return 0;
    }

    /** Whether sessions may be lost that the peer has not confirmed yet. Default: no. */
    default boolean mayLoseUnconfirmed() {
        return false;
    }

    /** Why it cannot be tried with these cables; null when it can. */
    default String impossible(Wiring wiring) {
        return null;
    }

    /**
     * Lets it happen, looks that the firewalls do what they should meanwhile, and mends what is broken. The pair is in sync before;
     * whether it is again afterwards, the caller looks.
     *
     * @throws NotAsExpectedException when a firewall does not do what it should, in time
     */
    void happen(Scene scene) throws IOException, NotAsExpectedException;
}
