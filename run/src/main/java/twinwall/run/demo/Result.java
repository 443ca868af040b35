/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.demo;

import java.util.List;
import java.util.Map;

import twinwall.run.report.Timeline;

/**
 * All that the demo found out.
 *
 * @param capture as named by the user
 * @param failPoint packets that went through FW_A
 * @param seconds of traffic in the capture
 * @param flows conversations in the capture
 * @param translated whether FW_A and FW_B translated private IPv4 sources
 * @param uninterrupted packets that a firewall that never fails forwards
 * @param dropReasons of the uninterrupted run
 * @param takeoverMillis from the kill until FW_B was active
 * @param waitedMillis before the kill, until FW_B had everything
 * @param atRisk entries that FW_B did not have yet at the kill, as FW_A said; {@link #NOT_ASKED} when it was killed at once
 * @param timeline what happened, in order
 * @param remarks oddities, one line each
 */
record Result(String capture, int packets, int failPoint, double seconds, int flows, boolean quickBackup, boolean translated,
        int uninterrupted, int uninterruptedAfter, Map<String, Integer> dropReasons, Cost withBackup, Cost withoutBackup,
        long takeoverMillis, long waitedMillis, long atRisk, List<TableCount> tables, List<Timeline.Event> timeline,
        List<String> remarks) {

    /** Nobody asked FW_A what was at risk. */
    static final long NOT_ASKED = -1;

    /** Entries and packets that should have survived and did not. */
    int lost() {
        return TableCount.lost(tables) + withBackup.lost();
    }
}
