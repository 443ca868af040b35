/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static twinwall.protocol.TestGroup.USUAL;
import static twinwall.protocol.TestGroup.inSync;

import java.util.Map;

import org.junit.jupiter.api.Test;
import twinwall.group.Role;

/** Both firewalls were active: the report says for how long, who yielded, and what became of what both had changed. */
class SplitBrainTest {

    private final TestGroup group = inSync(USUAL.links(2));

    @Test
    void bothFirewallsReportTheSame() {
        group.links.forEach(link -> link.stalled = true);
        group.until("both are active", () -> group.b.member.role() == Role.ACTIVE);
        long began = group.now;
        group.a.table("sessions").set("k1", "established");
        group.b.table("sessions").set("k1", "closed");
        group.a.table("sessions").set("k2", "closed");
        group.b.table("sessions").set("k2", "syn");
        group.a.table("sessions").set("only-a", "syn");
        group.b.table("sessions").set("only-b", "syn");
        group.run(2000);
        group.links.forEach(link -> link.stalled = false);
        group.until("fw-b yields", () -> group.b.member.role() == Role.STANDBY);
        long lasted = group.now - began;
        assertThat(group.b.splits).as("not before the tables are equal").isEmpty();
        group.untilQuiet();
        group.run(200);
        assertThat(group.a.splits).hasSize(1);
        assertThat(group.b.splits).hasSize(1);
        SplitBrain onA = group.a.splits.get(0);
        SplitBrain onB = group.b.splits.get(0);
        assertThat(onB.tables()).isEqualTo(Map.of("sessions", new SplitBrain.Resolved(1, 1)));
        assertThat(onA.tables()).isEqualTo(Map.of("sessions", new SplitBrain.Resolved(1, 1)));
        assertThat(onA.durationMillis()).isEqualTo(onB.durationMillis()).isBetween(lasted - 3, lasted + 3);
        assertThat(onA.yielded()).isEqualTo(onB.yielded()).isEqualTo("fw-b");
        assertThat(onA.rule()).isEqualTo(onB.rule()).isEqualTo("both were active; priorities are equal and fw-a sorts first");
        assertThat(onA.agoMillis()).isEqualTo(onB.agoMillis());
        group.assertEqualTables();
    }

    @Test
    void aFailoverIsNone() {
        group.a.member.switchover(group.now);
        group.untilQuiet();
        group.kill(group.b);
        group.run(1000);
        assertThat(group.a.splits).isEmpty();
        assertThat(group.b.splits).isEmpty();
    }
}
