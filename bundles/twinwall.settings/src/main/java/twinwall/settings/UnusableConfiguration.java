/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.settings;

/** What is configured cannot be made: a value without a default is missing or wrong. The message is one line that says what to do. */
public final class UnusableConfiguration extends Exception {

    private static final long serialVersionUID = 1L;

    /** Names the PID, the key, the value and what it must be. */
    public UnusableConfiguration(String message) {
        super(message);
    }
}
