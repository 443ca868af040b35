/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.pair;

/** The firewalls could not be brought to where the demo begins. The message is for people. */
public final class NotStartedException extends Exception {

    private static final long serialVersionUID = 1;

    /** A sentence or more, each with its full stop; may have further lines. */
    public NotStartedException(String message) {
        super(message);
    }
}
