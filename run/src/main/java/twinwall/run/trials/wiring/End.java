/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.trials.wiring;

/** Which of the two firewalls, at which end of a cable. */
public enum End {

    /** The one whose name sorts first: it connects. */
    A,
    /** The other one: it listens. */
    B;

    /** The other end. */
    public End other() {
        return this == A ? B : A;
    }
}
