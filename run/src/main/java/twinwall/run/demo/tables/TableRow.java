/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.demo.tables;

import java.util.List;
import java.util.Map;

import twinwall.run.tables.Scenario;
import twinwall.run.tables.Tries;

/**
 * One service table across the failover.
 *
 * @param onA entries on FW_A that were due for backup when it died
 * @param onB entries on FW_B when it had taken over
 * @param kept of those on FW_A, how many FW_B had with the same content but for soft facts
 * @param tried packets and requests tried on FW_B
 * @param proof what they show
 * @param failures what did not happen as it should, beginning with what kept the scenario from starting
 */
record TableRow(String type, int onA, int onB, int kept, int tried, String proof, List<String> failures) {

    static TableRow of(Scenario scenario, Map<String, String> a, Map<String, String> b, Tries tries) {
        int kept = (int) a.entrySet().stream().filter(entry -> entry.getValue().equals(b.get(entry.getKey()))).count();
        return new TableRow(scenario.type(), a.size(), b.size(), kept, tries.tried(), scenario.proof(), List.copyOf(tries.failures()));
    }

    int lost() {
        return onA - kept;
    }

    int passed() {
        return tried - failures.size();
    }

    /** Whether there was something to keep, all of it was kept, and everything tried went well. */
    boolean survived() {
        return onA > 0 && lost() == 0 && tried > 0 && failures.isEmpty();
    }
}
