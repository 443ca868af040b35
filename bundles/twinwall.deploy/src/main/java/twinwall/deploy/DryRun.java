/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

import twinwall.deploy.jar.Refused;
import twinwall.group.PlannedChange;
import twinwall.group.PlannedChange.Action;

/**
 * Says what would happen, without doing it: to the folder's files, and to those in its subfolder {@value #SUBFOLDER} as if they were in it.
 */
final class DryRun {

    static final String SUBFOLDER = "check";

    private final Path folder;
    private final Judge judge;
    private final Deployment deployment;
    private final Surroundings surroundings;

    DryRun(Path folder, Judge judge, Deployment deployment, Surroundings surroundings) {
        this.folder = folder;
        this.judge = judge;
        this.deployment = deployment;
        this.surroundings = surroundings;
    }

    /** Reads every file anew. */
    List<PlannedChange> run() {
        Map<String, Path> paths = new TreeMap<>(jars(folder));
        jars(folder.resolve(SUBFOLDER)).forEach((name, path) -> paths.put(name, path));
        FolderFiles files = FolderFiles.of(paths.values().stream().limit(FolderScan.MOST_FILES).map(judge::judge).toList(), Set.of());
        Set<String> names = new TreeSet<>(files.byName().keySet());
        names.addAll(deployment.names());
        List<PlannedChange> changes = new ArrayList<>();
        for (String name : names) {
            add(deployment.plan(name, files, files.facts()), deployment.running(name), changes);
        }
        for (JudgedFile bad : files.bad()) {
            changes.add(refused(bad, bad.refusal()));
        }
        return changes;
    }

    private static Map<String, Path> jars(Path folder) {
        Map<String, Path> jars = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            files.filter(file -> file.toString().endsWith(".jar") && !file.getFileName().toString().startsWith(".")
                && Files.isRegularFile(file))
                .forEach(file -> jars.put(file.getFileName().toString(), file));
        } catch (IOException expected) {
            // There need not be a subfolder; a folder that cannot be read is told in the log.
        }
        return jars;
    }

    private void add(Plan plan, InstalledBundle running, List<PlannedChange> changes) {
        plan.refusals().forEach((file, refusal) -> changes.add(refused(file, refusal)));
        if (plan.action() == Action.UNINSTALL) {
            changes.add(new PlannedChange("", running.name(), running.version().toString(), Action.UNINSTALL, running + " would be"
                + " removed: no file of the folder has it.", surroundings.restartedWith(running)));
        } else if (plan.chosen() != null) {
            changes.add(chosen(plan, running));
            plan.superseded().forEach(other -> changes.add(new PlannedChange(other.file(), plan.name(), other.facts().version().toString(),
                Action.NONE, plan.chosen().file() + " has " + plan.chosen().facts() + " and is used instead.", List.of())));
        }
    }

    private PlannedChange chosen(Plan plan, InstalledBundle running) {
        JudgedFile file = plan.chosen();
        List<String> restarts = switch (plan.action()) {
            case INSTALL -> List.of(plan.name());
            case UPDATE -> surroundings.restartedWith(running);
            default -> List.of();
        };
        String detail = switch (plan.action()) {
            case INSTALL -> file.facts() + " would be installed.";
            case UPDATE -> file.facts() + " would replace " + running.version() + ".";
            default -> file.facts() + " runs already.";
        };
        return new PlannedChange(file.file(), plan.name(), file.facts().version().toString(), plan.action(), detail, restarts);
    }

    private static PlannedChange refused(JudgedFile file, Refused refusal) {
        return new PlannedChange(file.file(), file.claimedName(), file.facts() == null ? "" : file.facts().version().toString(),
            Action.REFUSE,
            refusal.verdict().name().toLowerCase(Locale.ROOT).replace('_', ' ') + ". " + refusal.getMessage(), List.of());
    }
}
