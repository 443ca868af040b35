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

import twinwall.group.GroupStatus.Resolved;
import twinwall.group.GroupStatus.SplitBrain;

/** What is known of times at which both firewalls were active, newest last. Keeps the last {@value #MOST}. */
final class SplitBrainLog {

    static final int MOST = 32;

    private static final System.Logger LOG = System.getLogger("twinwall.engine");

    private final Deque<SplitBrain> entries = new ArrayDeque<>();

    synchronized void add(twinwall.protocol.SplitBrain report, Instant now) {
        Map<String, Resolved> tables = new LinkedHashMap<>();
        long kept = 0;
        long taken = 0;
        for (Map.Entry<String, twinwall.protocol.SplitBrain.Resolved> table : report.tables().entrySet()) {
            tables.put(table.getKey(), new Resolved(table.getValue().kept(), table.getValue().taken()));
            kept += table.getValue().kept();
            taken += table.getValue().taken();
        }
        if (entries.size() == MOST) {
            entries.poll();
        }
        entries.add(new SplitBrain(now.minusMillis(report.agoMillis()), report.durationMillis(), report.yielded(), report.rule(), tables));
        LOG.log(System.Logger.Level.WARNING, "Both firewalls were active for {0} ms; {1} yielded: {2}. The tables are equal again. Of the "
                + "entries that both had changed, {3} are as here and {4} as on the peer. Have two links on two paths.",
                Long.toString(report.durationMillis()), report.yielded(), report.rule(), Long.toString(kept), Long.toString(taken));
    }

    synchronized List<SplitBrain> list() {
        return List.copyOf(entries);
    }
}
