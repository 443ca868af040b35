/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.demo;

import java.util.List;
import java.util.Map;

/**
 * One service table across the failover.
 *
 * @param onA entries on FW_A when it died
 * @param onB entries on FW_B when it had taken over
 * @param kept of those on FW_A, how many FW_B had, with the same content but for soft facts (counters, remaining time)
 * @param notYetDue of those on FW_A, how many were not due for backup
 * @param lost due on FW_A and not kept
 * @param localByDesign further entries on FW_A that are never backed up (dynamic blacklist)
 */
record TableCount(String type, int onA, int onB, int kept, int notYetDue, int lost, int localByDesign) {

    /**
     * Compares what the two firewalls listed.
     *
     * @param a entries on FW_A that are due for backup: key to content without soft facts
     * @param b those on FW_B
     */
    static TableCount of(String type, Held held, Map<String, String> a, Map<String, String> b) {
        int kept = (int) a.entrySet().stream().filter(entry -> entry.getValue().equals(b.get(entry.getKey()))).count();
        int due = held.entries() - held.notYetDue();
        // Whichever side says more counts: an entry that FW_A should list and does not is as lost as one that FW_B lacks.
        return new TableCount(type, held.entries(), b.size(), kept, held.notYetDue(), Math.max(due, a.size()) - kept, held.localByDesign());
    }

    /** What a table holds at the fail point, by the uninterrupted run. */
    record Held(int entries, int notYetDue, int localByDesign) {
    }

    /** Entries lost in all tables. */
    static int lost(List<TableCount> tables) {
        return tables.stream().mapToInt(TableCount::lost).sum();
    }
}
