/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.deploy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import twinwall.deploy.jar.JarFacts;
import twinwall.deploy.jar.Refused;
import twinwall.group.GroupStatus;

/** Updates that have to prove themselves, by symbolic name. Used by one thread, but {@link #has} by any. */
final class Trials {

    private final Map<String, OnTrial> open = new ConcurrentHashMap<>();

    /**
     * An update on trial.
     *
     * @param jar a copy of it, to be kept when it has passed
     * @param before what it replaced, in words
     */
    record OnTrial(Trial trial, Path jar, String before) {

        JarFacts bundle() {
            return trial.bundle();
        }
    }

    /**
     * A trial that is over.
     *
     * @param refusal null when it has passed
     */
    record Ended(OnTrial update, Refused refusal) {
    }

    void begin(OnTrial update) {
        end(update.bundle().name());
        open.put(update.bundle().name(), update);
    }

    /** Ends it without a verdict, because the bundle is replaced again or removed. */
    void end(String name) {
        OnTrial ended = open.remove(name);
        if (ended != null) {
            Judge.delete(ended.jar());
        }
    }

    boolean has(String name) {
        return open.containsKey(name);
    }

    boolean isEmpty() {
        return open.isEmpty();
    }

    /** Takes out those that are over. Their jars are the caller's to delete. */
    List<Ended> ended(GroupStatus group, long now) {
        List<Ended> ended = new ArrayList<>();
        for (OnTrial update : List.copyOf(open.values())) {
            Trial.Verdict verdict = update.trial().verdict(group, now);
            if (verdict.over()) {
                open.remove(update.bundle().name());
                ended.add(new Ended(update, verdict.refusal()));
            }
        }
        return ended;
    }
}
