/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.engine;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

import twinwall.group.GroupStatus.Resolved;
import twinwall.group.GroupStatus.SplitBrain;

/** What is known of times at which both firewalls were active, newest last. Keeps the last {@value #MOST}. */
final class SplitBrainLog {

    static final int MOST = 32;

    private static final System.Logger LOG = System.getLogger("twinwall.engine");

    private final Deque<SplitBrain> entries = new ArrayDeque<>();

    synchronized void add(twinwall.protocol.SplitBrain report, Instant now) {
        Map<String, Resolved> tables = new LinkedHashMap<>();
        StringJoiner changed = new StringJoiner("; ").setEmptyValue("none");
        report.tables().forEach((type, of) -> {
            tables.put(type, new Resolved(of.kept(), of.taken()));
            changed.add(type + ": " + of.kept() + " are as here, " + of.taken() + " as on the peer");
        });
        if (entries.size() == MOST) {
            entries.poll();
        }
        entries.add(new SplitBrain(now.minusMillis(report.agoMillis()), report.durationMillis(), report.yielded(), report.rule(), tables));
        LOG.log(System.Logger.Level.WARNING, "Both firewalls were active for {0} ms; {1} yielded: {2}. The tables are equal again. Entries "
                + "that both had changed: {3}. Have two links on two paths.",
                Long.toString(report.durationMillis()), report.yielded(), report.rule(), changed);
    }

    synchronized List<SplitBrain> list() {
        return List.copyOf(entries);
    }
}
