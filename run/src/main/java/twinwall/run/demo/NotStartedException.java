/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.demo;

/** The firewalls could not be brought to where the demo begins. The message is for people. */
final class NotStartedException extends Exception {

    private static final long serialVersionUID = 1;

    NotStartedException(String message) {
        super(message);
    }
}
