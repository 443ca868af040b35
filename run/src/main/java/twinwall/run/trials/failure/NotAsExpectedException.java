/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.trials.failure;

/** A firewall did not do what it should. The message says which and what, for people. */
public final class NotAsExpectedException extends Exception {

    private static final long serialVersionUID = 1;

    /** With what went wrong, a sentence. */
    public NotAsExpectedException(String message) {
        super(message);
    }
}
