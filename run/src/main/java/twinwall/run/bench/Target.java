/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.bench;

/** What a figure should reach. */
record Target(boolean atLeast, double value) {

    static Target atLeast(double value) {
        return new Target(true, value);
    }

    static Target atMost(double value) {
        return new Target(false, value);
    }

    boolean met(double figure) {
        return atLeast ? figure >= value : figure <= value;
    }

    String text() {
        return (atLeast ? ">= " : "<= ") + Numbers.text(value);
    }
}
