/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.demo.asymmetric;

/**
 * One connection.
 *
 * @param synNanos from sending the SYN until it came out of FW_A; -1 when it did not
 * @param pathNanos from then until the SYN-ACK was sent to FW_B; -1 when there was none
 * @param stoppedAt the packet that a firewall dropped, with the reason; empty when the connection was established
 * @param lostRace whether that was the SYN-ACK, because FW_B did not have the session
 */
record Attempt(long synNanos, long pathNanos, String stoppedAt, boolean lostRace) {

    /** Whether data went both ways. */
    boolean established() {
        return stoppedAt.isEmpty();
    }
}
