/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.deploy;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import org.osgi.framework.Bundle;
import twinwall.deploy.jar.JarFacts;
import twinwall.deploy.jar.JarInspector;
import twinwall.deploy.jar.Refused;
import twinwall.group.DroppedFile;
import twinwall.group.FileVerdict;
import twinwall.group.GroupStatus;
import twinwall.group.PlannedChange.Action;

/**
 * Makes the framework what the folder says. {@link #pass} and {@link #watch} are called by one thread, which may wait for bundles that
 * start or
 * stop; the other methods by any.
 */
final class Deployment {

    private static final System.Logger LOG = System.getLogger(DeployConfig.PID);

    private final DeploySettings settings;
    private final FolderBundles bundles;
    private final FrameworkSurroundings surroundings;
    private final Judge judge;
    private final KeptJars kept;
    private final Supplier<GroupStatus> group;
    private final FolderScan scan;
    private final Verdicts verdicts = new Verdicts();
    private final Trials trials = new Trials();
    private final Map<String, InstalledBundle> installed = new ConcurrentHashMap<>();
    /** What is said of a bundle that runs, by symbolic name. */
    private final Map<String, String> notes = new ConcurrentHashMap<>();
    private final Set<String> triedAgain = new TreeSet<>();
    private String trouble = "";
    private boolean first = true;

    /** {@code group} answers null while there is none. */
    Deployment(DeploySettings settings, FolderBundles bundles, FrameworkSurroundings surroundings, Judge judge, KeptJars kept,
            Supplier<GroupStatus> group) {
        this.settings = settings;
        this.bundles = bundles;
        this.surroundings = surroundings;
        this.judge = judge;
        this.kept = kept;
        this.group = group;
        this.scan = new FolderScan(settings.folder());
    }

    List<DroppedFile> files() {
        return verdicts.all();
    }

    /** What would be done about these files now. */
    Plan plan(String name, FolderFiles files, Collection<JarFacts> coming) {
        InstalledBundle running = installed.get(name);
        return Plan.of(name, files.named(name), running, files.anchor(name, running), surroundings, kept::failure, coming);
    }

    /** Symbolic names of the bundles that came from the folder. */
    Set<String> names() {
        return installed.keySet();
    }

    /** The bundle of that name that came from the folder, or null. */
    InstalledBundle running(String name) {
        return installed.get(name);
    }

    /** Looks at the folder, and does what it says. */
    void pass() throws InterruptedException {
        FolderScan.Look look;
        try {
            look = scan.look(System.currentTimeMillis());
            complain(look.tooMany() == 0 ? "" : look.tooMany() + " jars in " + settings.folder() + " are not looked at: it may hold "
                + FolderScan.MOST_FILES + ".");
        } catch (IOException e) {
            complain("The drop folder " + settings.folder() + " cannot be read: " + e + ". What is installed goes on.");
            return;
        }
        if (first) {
            adopt();
        }
        FolderFiles files = FolderFiles.of(judge.all(look.complete()), look.writing());
        try {
            if (look.writing().isEmpty()) {
                kept.retainFailures(files.hashes());
            }
            apply(files);
        } catch (IOException e) {
            complain("A file of the drop folder cannot be written or copied: " + e + ". It is tried again.");
        }
        first = false;
        Set<String> present = new TreeSet<>(look.writing());
        present.addAll(look.complete().keySet());
        verdicts.retain(present);
    }

    private void complain(String what) {
        if (!what.equals(trouble) && !what.isEmpty()) {
            LOG.log(Level.ERROR, what);
        }
        trouble = what;
    }

    /** Takes over what an earlier life of this component or of the framework left. */
    private void adopt() throws InterruptedException {
        for (Bundle bundle : bundles.found()) {
            String name = bundle.getSymbolicName();
            InstalledBundle known = installed.get(name);
            if (known != null && known.bundle().equals(bundle)) {
                // From a first look that was not made to its end.
                continue;
            }
            if (known != null) {
                bundles.discard(bundle, name + " " + bundle.getVersion());
            } else {
                installed.put(name, new InstalledBundle(bundle, name, bundle.getVersion(), hashOf(bundle), ""));
                notes.put(name, name + " " + bundle.getVersion() + " runs already.");
            }
        }
    }

    private String hashOf(Bundle bundle) {
        try {
            Path jar = kept.good(bundle.getSymbolicName());
            return judge.again(jar).version().equals(bundle.getVersion()) ? JarInspector.hash(jar) : "";
        } catch (Refused | IOException e) {
            // It is installed anew from the folder.
            return "";
        }
    }

    /** Removes first: what goes may hold a table that what comes wants. Then installs what lacks nothing, until there is no more of it. */
    private void apply(FolderFiles files) throws InterruptedException, IOException {
        Set<String> names = new TreeSet<>(files.byName().keySet());
        names.addAll(installed.keySet());
        for (String name : installed.keySet()) {
            Plan plan = plan(name, files, List.of());
            if (plan.action() == Action.UNINSTALL) {
                tellRefusals(plan, null);
                remove(name, "its file is gone or may not be used any more");
                names.remove(name);
            }
        }
        boolean more = true;
        while (more) {
            more = false;
            for (String name : List.copyOf(names)) {
                Plan plan = plan(name, files, List.of());
                if (plan.action() == Action.INSTALL || plan.action() == Action.UPDATE) {
                    names.remove(name);
                    carryOut(plan);
                    more = true;
                }
            }
        }
        for (String name : names) {
            settle(plan(name, files, List.of()), files);
        }
        for (JudgedFile bad : files.bad()) {
            verdicts.refuse(bad, bad.refusal(), installed.get(bad.claimedName()));
        }
    }

    private void carryOut(Plan plan) throws InterruptedException, IOException {
        JudgedFile file = plan.chosen();
        JarFacts facts = file.facts();
        InstalledBundle before = installed.get(plan.name());
        Path jar = judge.stage(file);
        try {
            if (before == null) {
                installed.put(plan.name(), bundles.install(facts, jar, file.file()));
                kept.keep(plan.name(), jar);
                notes.put(plan.name(), installedNote(facts, ""));
            } else {
                update(before, file, jar);
                jar = null;
            }
        } catch (Refused e) {
            failed(facts, e, before);
        } finally {
            Judge.delete(jar);
        }
        settle(plan, null);
    }

    private void update(InstalledBundle before, JudgedFile file, Path jar) throws Refused, InterruptedException {
        GroupStatus status = group.get();
        installed.put(before.name(), bundles.update(before, file.facts(), jar, file.file()));
        // An old version that was slow to stop takes no time from the new one.
        Trial trial = Trial.begin(file.facts(), status, now(), settings.startMillis(), settings.syncMillis());
        trials.begin(new Trials.OnTrial(trial, jar, before.version().toString()));
        notes.put(before.name(), file.facts() + " is in place of " + before.version() + ", on trial until its tables are as before.");
    }

    private static String installedNote(JarFacts facts, String more) {
        return facts + " is installed" + more + (facts.signer().isEmpty() ? "" : ", signed by " + facts.signer()) + ". "
            + (facts.types().isEmpty() ? "It backs up no table." : "It backs up " + String.join(", ", facts.types()) + ".");
    }

    /** It went wrong: it is not tried again until the file changes, and what was before comes back. */
    private void failed(JarFacts facts, Refused why, InstalledBundle running) throws InterruptedException, IOException {
        kept.failed(facts.hash(), new Refused(why.verdict(), why.getMessage() + (running == null ? "" : " Rolled back.")
            + " It is not tried again until the file changes."));
        if (running != null) {
            rollBack(running, facts.hash());
        }
    }

    private void rollBack(InstalledBundle running, String badHash) throws InterruptedException, IOException {
        String name = running.name();
        trials.end(name);
        try {
            JarFacts good = Files.exists(kept.good(name)) ? judge.again(kept.good(name)) : null;
            if (good != null && !good.hash().equals(badHash)) {
                installed.put(name, bundles.update(running, good, kept.good(name), running.file()));
                notes.put(name, installedNote(good, " again"));
                LOG.log(Level.WARNING, good + " is back.");
                return;
            }
            LOG.log(Level.ERROR, "There is no version of " + name + " to go back to.");
        } catch (Refused e) {
            LOG.log(Level.ERROR, "The version of " + name + " that worked before does not come back: " + e.getMessage());
        }
        remove(name, "nothing works in its place");
    }

    private void remove(String name, String why) throws InterruptedException, IOException {
        trials.end(name);
        kept.forget(name);
        notes.remove(name);
        InstalledBundle gone = installed.remove(name);
        if (gone != null && bundles.discard(gone.bundle(), gone.toString())) {
            LOG.log(Level.INFO, gone + " is uninstalled: " + why + ".");
        }
    }

    /** Nothing is to be installed of this name: says why of each file, and sees to it that what runs does what it said. */
    private void settle(Plan plan, FolderFiles files) throws InterruptedException, IOException {
        InstalledBundle running = installed.get(plan.name());
        JudgedFile chosen = plan.chosen();
        if (chosen != null && running != null && running.hash().equals(chosen.facts().hash())) {
            if (!running.file().equals(chosen.file())) {
                installed.put(plan.name(), new InstalledBundle(running.bundle(), running.name(), running.version(), running.hash(),
                    chosen.file()));
            }
            startAdopted(running);
            Refused undeclared = surroundings.undeclared(running, chosen.facts());
            if (undeclared == null) {
                verdicts.tell(chosen, trials.has(plan.name()) ? FileVerdict.ON_TRIAL : FileVerdict.INSTALLED, notes.get(plan.name()));
            } else {
                failed(chosen.facts(), undeclared, running);
            }
        } else if (chosen == null && running == null && files != null) {
            bringBack(plan, files);
        }
        tellRefusals(plan, installed.get(plan.name()));
        if (chosen != null) {
            Refused failure = kept.failure(chosen.facts().hash());
            if (failure != null) {
                verdicts.refuse(chosen, failure, installed.get(plan.name()));
            }
            for (JudgedFile other : plan.superseded()) {
                boolean same = other.facts().hash().equals(chosen.facts().hash());
                verdicts.tell(other, FileVerdict.SUPERSEDED, same ? "it is the same as " + chosen.file() + "." : chosen.file() + " has "
                    + chosen.facts() + ", this file " + other.facts().version() + ". Remove one of them.");
            }
        }
    }

    /** A framework that kept its bundles has not started it. */
    private void startAdopted(InstalledBundle running) throws InterruptedException {
        if (first && (running.bundle().getState() & (Bundle.ACTIVE | Bundle.STARTING)) == 0) {
            try {
                bundles.start(running.bundle(), running.toString());
            } catch (Refused e) {
                LOG.log(Level.ERROR, e.getMessage());
            }
        }
    }

    /** After a restart: the file in the folder went wrong, or cannot be used, and what worked before was kept. */
    private void bringBack(Plan plan, FolderFiles files) throws InterruptedException, IOException {
        String name = plan.name();
        boolean wanted = files.anchor(name, null) || !plan.refusals().isEmpty();
        if (!wanted || !Files.exists(kept.good(name)) || !triedAgain.add(name)) {
            return;
        }
        try {
            JarFacts good = judge.again(kept.good(name));
            if (surroundings.objection(good) == null && surroundings.lacking(good, List.of()) == null) {
                installed.put(name, bundles.install(good, kept.good(name), ""));
                notes.put(name, installedNote(good, " again"));
                LOG.log(Level.WARNING, good + " is installed again, as it was before the restart: its file cannot be used.");
            }
        } catch (Refused e) {
            LOG.log(Level.ERROR, "The version of " + name + " that worked before the restart does not come back: " + e.getMessage());
        }
    }

    private void tellRefusals(Plan plan, InstalledBundle running) {
        plan.refusals().forEach((file, refusal) -> verdicts.refuse(file, refusal, running));
    }

    /** Looks at updates on trial; answers whether there still are any. */
    boolean watch() throws InterruptedException {
        GroupStatus status = trials.isEmpty() ? null : group.get();
        if (status != null) {
            for (Trials.Ended ended : trials.ended(status, now())) {
                JarFacts bundle = ended.update().bundle();
                try {
                    if (ended.refusal() == null) {
                        kept.keep(bundle.name(), ended.update().jar());
                        notes.put(bundle.name(), installedNote(bundle, " in place of " + ended.update().before()));
                    } else {
                        failed(bundle, ended.refusal(), installed.get(bundle.name()));
                    }
                } catch (IOException e) {
                    complain("A jar cannot be kept to go back to: " + e + ".");
                } finally {
                    Judge.delete(ended.update().jar());
                }
            }
        }
        return !trials.isEmpty();
    }

    private static long now() {
        return System.nanoTime() / 1_000_000;
    }
}
