/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.deploy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import twinwall.deploy.jar.JarFacts;
import twinwall.deploy.jar.Refused;
import twinwall.group.FileVerdict;
import twinwall.group.PlannedChange.Action;

/**
 * What to do about all files of one symbolic name: the highest version that can be used is to run. A file that cannot be used does not
 * unseat
 * what runs.
 *
 * @param name the symbolic name
 * @param action what to do
 * @param chosen the file to install, to update to, or that runs already; null when there is none
 * @param refusals why each of the better ones is not used, best first
 * @param superseded files that are not needed
 */
record Plan(String name, Action action, JudgedFile chosen, Map<JudgedFile, Refused> refusals, List<JudgedFile> superseded) {

    /**
     * Decides.
     *
     * @param files of that name that passed every look into them
     * @param running the bundle that runs, or null
     * @param anchored a file that cannot be used, or cannot be read yet, stands for the bundle that runs
     * @param failedBefore answers how a file of a hash went wrong when it was tried, or null
     * @param coming bundles that would be here by then
     */
    static Plan of(String name, Collection<JudgedFile> files, InstalledBundle running, boolean anchored, Surroundings surroundings,
            Function<String, Refused> failedBefore, Collection<JarFacts> coming) {
        String runningHash = running == null ? "" : running.hash();
        List<JudgedFile> best = new ArrayList<>(files);
        best.sort(Comparator.comparing((JudgedFile file) -> file.facts().version()).reversed()
            .thenComparing(file -> !file.facts().hash().equals(runningHash)).thenComparing(JudgedFile::file));
        Map<JudgedFile, Refused> refusals = new LinkedHashMap<>();
        boolean unwelcome = false;
        while (!best.isEmpty()) {
            JudgedFile file = best.remove(0);
            boolean runs = file.facts().hash().equals(runningHash);
            Refused refusal = refusal(file.facts(), running, runs, surroundings, failedBefore, coming);
            if (refusal == null) {
                Action action = runs ? Action.NONE : running == null ? Action.INSTALL : Action.UPDATE;
                return new Plan(name, action, file, refusals, best);
            }
            unwelcome |= runs;
            refusals.put(file, refusal);
        }
        boolean keep = running == null || !unwelcome && (anchored || !refusals.isEmpty());
        return new Plan(name, keep ? Action.NONE : Action.UNINSTALL, null, refusals, List.of());
    }

    private static Refused refusal(JarFacts facts, InstalledBundle running, boolean runs, Surroundings surroundings,
            Function<String, Refused> failedBefore, Collection<JarFacts> coming) {
        Refused failed = failedBefore.apply(facts.hash());
        if (failed != null) {
            return failed;
        }
        Refused objection = surroundings.objection(facts);
        if (objection != null || runs) {
            return objection;
        }
        Refused lacking = surroundings.lacking(facts, coming);
        if (lacking != null || running == null) {
            return lacking;
        }
        List<String> others = surroundings.restartedWith(running).stream().filter(other -> !surroundings.isFromFolder(other)).toList();
        return others.isEmpty() ? null : new Refused(FileVerdict.RESTARTS_OTHERS, "Its update would restart " + String.join(", ", others)
            + ", which uses packages of " + running + ". Update it by restarting this firewall, the standby first.");
    }
}
