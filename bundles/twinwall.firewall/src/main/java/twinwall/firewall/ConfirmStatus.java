/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall;

import java.util.Map;

/**
 * How a firewall does with confirm before forward: holding a session's first packet until the peer has the session.
 *
 * @param state {@code off}, {@code holding}, or why nothing is held: {@code needs-quick-backup}, {@code no-peer}, {@code peer-slow}
 * @param why the same as one line for people; empty when it is off or holding
 * @param boundMillis how long a packet waits at most
 * @param waiting frames that wait now
 * @param counts what became of sessions and frames since the start, by name in lower case with hyphens
 * @param p50Micros of the latest waits that the peer ended, the one that half of them do not exceed; 0 without any
 * @param p99Micros the same for 99 percent
 */
public record ConfirmStatus(String state, String why, int boundMillis, int waiting, Map<String, Long> counts, int p50Micros,
        int p99Micros) {
}
