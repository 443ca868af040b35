/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.link.netty;

/** A link cannot be made of what is configured. The message is one line that says what to do. */
public final class UnusableConfiguration extends Exception {

    private static final long serialVersionUID = 1L;

    UnusableConfiguration(String message) {
        super(message);
    }
}
