/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.deploy;

import java.util.List;
import java.util.Set;

import twinwall.deploy.jar.JarFacts;
import twinwall.deploy.jar.Refused;
import twinwall.group.FileVerdict;
import twinwall.group.GroupStatus;
import twinwall.group.TableStatus;

/**
 * The time in which an update has to prove itself: its handlers appear, and tables that were in sync before come into sync again. Tables
 * that were not, because the peer has no handler for example, prove nothing and need not.
 */
final class Trial {

    private final JarFacts bundle;
    private final Set<String> inSyncBefore;
    private final long appearWithin;
    private final long syncWithin;
    private final long begun;
    private long appeared = -1;

    private Trial(JarFacts bundle, Set<String> inSyncBefore, long begun, long appearWithin, long syncWithin) {
        this.bundle = bundle;
        this.inSyncBefore = inSyncBefore;
        this.begun = begun;
        this.appearWithin = appearWithin;
        this.syncWithin = syncWithin;
    }

    /** How it stands. {@code refusal} is null unless it has failed. */
    record Verdict(boolean over, Refused refusal) {

        private static final Verdict PENDING = new Verdict(false, null);
        private static final Verdict PASSED = new Verdict(true, null);

        private static Verdict failed(FileVerdict verdict, String message) {
            return new Verdict(true, new Refused(verdict, message));
        }
    }

    /**
     * Begins.
     *
     * @param before how the group was before the update, null when there was none
     * @param now milliseconds, by the clock of {@link #verdict}
     * @param appearWithin handlers must be here so many milliseconds later
     * @param syncWithin and their tables in sync so many after that
     */
    static Trial begin(JarFacts bundle, GroupStatus before, long now, long appearWithin, long syncWithin) {
        List<TableStatus> tables = before == null ? List.of() : before.tables();
        Set<String> inSync = Set.copyOf(tables.stream().filter(table -> table.inSync() && bundle.types().contains(table.type()))
            .map(TableStatus::type).toList());
        return new Trial(bundle, inSync, now, appearWithin, syncWithin);
    }

    /** Looks at the group. */
    Verdict verdict(GroupStatus group, long now) {
        List<String> missing = bundle.types().stream().filter(type -> !isHandled(type, group)).toList();
        if (!missing.isEmpty()) {
            return now - begun < appearWithin ? Verdict.PENDING : Verdict.failed(FileVerdict.FAILED, "Its handler for " + String.join(", ",
                missing)
                + " did not appear within " + appearWithin + " ms: its component does not start, or misses a service. The lines above"
                + " may say why.");
        }
        appeared = appeared < 0 ? now : appeared;
        List<TableStatus> behind = group.tables().stream().filter(table -> inSyncBefore.contains(table.type()) && !table.inSync()).toList();
        if (behind.isEmpty()) {
            return Verdict.PASSED;
        }
        if (now - appeared < syncWithin) {
            return Verdict.PENDING;
        }
        if (!isPeerHeard(group)) {
            // Nobody to be in sync with: that is not the handler's fault.
            return Verdict.PASSED;
        }
        return Verdict.failed(FileVerdict.NOT_IN_SYNC, "Table " + behind.get(0).type() + " was in sync before the update and was not"
            + " within " + syncWithin + " ms after it: " + behind.get(0).detail() + ".");
    }

    JarFacts bundle() {
        return bundle;
    }

    private boolean isHandled(String type, GroupStatus group) {
        return group.tables().stream().filter(table -> table.type().equals(type) && table.handler() != null).map(TableStatus::handler)
            .anyMatch(handler -> handler.bundle().equals(bundle.name()) && handler.version().equals(bundle.version().toString()));
    }

    private static boolean isPeerHeard(GroupStatus group) {
        long heard = group.peer().lastHeardMillis();
        return heard >= 0 && heard < group.peer().helloIntervalMillis() * group.peer().helloMisses();
    }
}
