/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.protocol;

import java.util.LinkedHashMap;
import java.util.Map;

import twinwall.group.Role;
import twinwall.protocol.SplitBrain.Resolved;

/**
 * Watches for the end of a split brain: this firewall was active beside its peer and yielded. It counts until the tables are equal, then
 * tells the peer, so that both say the same. Guarded by its {@link Member}.
 */
final class SplitBrains {

    private final String firewall;
    private final GroupTables tables;
    private Map<String, Resolved> before;
    private long yieldedAt;
    private long duration;
    private String rule;

    SplitBrains(String firewall, GroupTables tables) {
        this.firewall = firewall;
        this.tables = tables;
    }

    /**
     * The peer was heard, and the local role may have changed by it.
     *
     * @param mineMillis age of the role before
     * @param theirsMillis age of the peer's role
     */
    void looked(Role roleBefore, Role role, PeerHello hello, long mineMillis, long theirsMillis, String reason, long now) {
        if (roleBefore == Role.ACTIVE && role == Role.STANDBY && hello.role() == Role.ACTIVE) {
            before = resolved();
            yieldedAt = now;
            duration = Math.max(0, Math.min(mineMillis, theirsMillis));
            rule = reason;
        }
    }

    /** The report once both firewalls have each other's tables; null before, and when there is nothing to report. */
    SplitBrain due(boolean converged, long now) {
        if (before == null || !converged || now == yieldedAt) {
            return null;
        }
        Map<String, Resolved> news = new LinkedHashMap<>();
        resolved().forEach((type, sum) -> {
            Resolved then = before.getOrDefault(type, new Resolved(0, 0));
            if (sum.sum() > then.sum()) {
                news.put(type, new Resolved(sum.kept() - then.kept(), sum.taken() - then.taken()));
            }
        });
        before = null;
        return new SplitBrain(firewall, duration, now - yieldedAt, rule, news);
    }

    private Map<String, Resolved> resolved() {
        Map<String, Resolved> sums = new LinkedHashMap<>();
        tables.all().forEach(table -> sums.put(table.replica().spec().type(), table.replica().resolved()));
        return sums;
    }
}
