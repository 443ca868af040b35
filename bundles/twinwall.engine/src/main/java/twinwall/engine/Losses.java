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

import twinwall.group.GroupStatus.Loss;
import twinwall.group.GroupStatus.TableLoss;
import twinwall.protocol.Shortfall;

/** The loss ledger: what each failover has cost, newest last. Keeps the last {@value #MOST}. */
final class Losses {

    static final int MOST = 32;

    private static final System.Logger LOG = System.getLogger("twinwall.engine");

    private final Deque<Loss> entries = new ArrayDeque<>();

    synchronized void add(Instant at, String cause, Map<String, Shortfall> tables) {
        Map<String, TableLoss> losses = new LinkedHashMap<>();
        long total = 0;
        for (Map.Entry<String, Shortfall> table : tables.entrySet()) {
            losses.put(table.getKey(), new TableLoss(table.getValue().lost(), table.getValue().exact()));
            total += table.getValue().lost();
        }
        if (entries.size() == MOST) {
            entries.poll();
        }
        entries.add(new Loss(at, cause, losses));
        LOG.log(System.Logger.Level.INFO, "Failover ({0}): {1}.", cause, total == 0 ? "nothing that the peer had announced is missing"
                : "at most " + total + " entries whose last state never came; see losses in the status");
    }

    synchronized List<Loss> list() {
        return List.copyOf(entries);
    }
}
