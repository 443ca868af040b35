/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.hook;

/** A hook could not do what it should; the message says why. */
final class HookFailed extends Exception {

    private static final long serialVersionUID = 1L;

    HookFailed(String message) {
        super(message);
    }
}
