/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.management;

/** A part of a request that cannot be used: answered with 400. */
final class BadRequest extends Exception {

    private static final long serialVersionUID = 1L;

    private final String hint;

    /** What is wrong, and what it must be. */
    BadRequest(String message, String hint) {
        super(message);
        this.hint = hint;
    }

    Answer answer() {
        return Answer.error(400, getMessage(), hint);
    }
}
