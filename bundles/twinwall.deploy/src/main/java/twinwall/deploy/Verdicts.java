/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.deploy;

import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;

import twinwall.deploy.jar.JarFacts;
import twinwall.deploy.jar.Refused;
import twinwall.group.DroppedFile;
import twinwall.group.FileVerdict;

/** The verdict on each file, told in the log once, when it becomes another. Read by any thread. */
final class Verdicts {

    private static final System.Logger LOG = System.getLogger(DeployConfig.PID);

    private final ConcurrentNavigableMap<String, DroppedFile> files = new ConcurrentSkipListMap<>();

    /** A file cannot be read yet; that is no line in the log. What was said of its bundle stays. */
    void writing(String file) {
        DroppedFile before = files.get(file);
        if (before == null || before.verdict() != FileVerdict.WRITING) {
            files.put(file, new DroppedFile(file, "", "", List.of(), FileVerdict.WRITING, "It changes, or has just come.", Instant.now()));
        }
    }

    /** A file's bundle is used, or another file's is used instead. */
    void tell(JudgedFile file, FileVerdict verdict, String detail) {
        tell(file.file(), file.facts(), file.claimedName(), verdict, detail);
    }

    /**
     * A file is not used.
     *
     * @param goesOn the bundle that runs all the same, or null
     */
    void refuse(JudgedFile file, Refused refusal, InstalledBundle goesOn) {
        String detail = refusal.getMessage() + (goesOn == null ? "" : " " + goesOn + " goes on.");
        tell(file.file(), file.facts(), file.claimedName(), refusal.verdict(), detail);
    }

    private void tell(String file, JarFacts facts, String name, FileVerdict verdict, String detail) {
        DroppedFile before = files.get(file);
        if (before != null && before.verdict() == verdict && before.detail().equals(detail)) {
            return;
        }
        files.put(file, new DroppedFile(file, name, facts == null ? "" : facts.version().toString(), facts == null ? List.of()
            : facts.types(),
            verdict, detail, Instant.now()));
        switch (verdict) {
            case INSTALLED, ON_TRIAL -> LOG.log(Level.INFO, file + ": " + detail);
            case SUPERSEDED -> LOG.log(Level.WARNING, file + ": not used: " + detail);
            default -> LOG.log(Level.ERROR, file + ": refused, " + inWords(verdict) + ". " + detail);
        }
    }

    private static String inWords(FileVerdict verdict) {
        return verdict.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** Forgets files that are there no longer. */
    void retain(Set<String> present) {
        files.keySet().retainAll(present);
    }

    List<DroppedFile> all() {
        return List.copyOf(files.values());
    }
}
