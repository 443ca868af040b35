/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.monitor;

/** Asks a host for a sign of life. */
interface Probe {

    /** Asks once and waits for the answer: what failed, or empty when it came. */
    String failure();
}
