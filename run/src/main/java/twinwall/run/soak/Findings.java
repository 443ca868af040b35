/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.soak;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a soak has found so far.
 *
 * @param minutes that it has lasted
 * @param complete whether it lasted as long as was asked for
 * @param happened failures, in their order
 * @param steps what the load did, by table
 * @param contents what was compared, by table
 * @param growth of each firewall's process, by its name
 * @param warnings lines with level WARN in both logs
 * @param loadBefore the machine's load average when it began
 * @param loadAfter the same at the end
 */
record Findings(Options options, double minutes, boolean complete, List<Happened> happened, Map<String, TableLoad.Steps> steps,
        Map<String, Contents.Compared> contents, Map<String, Growth> growth, long warnings, double loadBefore, double loadAfter) {

    /** How often each kind of failure happened. */
    Map<String, Integer> kinds() {
        Map<String, Integer> kinds = new LinkedHashMap<>();
        happened.forEach(each -> kinds.merge(each.failure(), 1, Integer::sum));
        return kinds;
    }

    long packets() {
        return happened.stream().mapToLong(each -> each.round().counts().packets()).sum();
    }

    long confirmed() {
        return happened.stream().mapToLong(each -> each.round().confirmed()).sum();
    }

    long confirmedLost() {
        return happened.stream().mapToLong(each -> each.round().losses().confirmed().size()).sum();
    }

    long compared() {
        return contents.values().stream().mapToLong(Contents.Compared::compared).sum();
    }

    long differing() {
        return contents.values().stream().mapToLong(Contents.Compared::differing).sum();
    }

    long repaired() {
        return contents.values().stream().mapToLong(Contents.Compared::repaired).sum();
    }

    /** Everything that was not as it should be, as sentences. */
    List<String> faults() {
        List<String> faults = new ArrayList<>();
        for (int i = 0; i < happened.size(); i++) {
            for (String fault : happened.get(i).faults()) {
                faults.add("failure " + (i + 1) + " (" + happened.get(i).failure() + "): " + fault);
            }
        }
        growth.forEach((firewall, grown) -> grown.faults().forEach(fault -> faults.add(firewall + ": " + fault)));
        if (happened.isEmpty()) {
            faults.add("no failure was tried");
        } else if (complete) {
            contents.forEach((type, compared) -> {
                if (compared.mostEntries() == 0) {
                    faults.add(type + " never had an entry: " + steps.get(type).last());
                }
            });
        }
        return faults;
    }

    boolean held() {
        return faults().isEmpty();
    }
}
