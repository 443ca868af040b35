/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.management;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import twinwall.group.GroupStatus.PeerStatus;

class MetricsPageTest {

    private static final String LABEL = "[a-z]+=\"([^\"\\\\\n]|\\\\[\\\\\"n])*\"";
    private static final Pattern SAMPLE =
        Pattern.compile("(twinwall_[a-z0-9_]+)(\\{" + LABEL + "(," + LABEL + ")*\\})? -?[0-9.]+(E-?[0-9]+)?");

    private final FakeGroup group = new FakeGroup();
    private final Map<String, Refusals> refused = Map.of("refused-logins",
        new Refusals("Logins\nthat were refused.", Map.of("wrong-password", 3L, "full", 0L)));

    @Test
    void tablesLinksAndLossesHaveTheirFigures() {
        List<String> lines = MetricsPage.of(group.status(), refused, ApiUnderTest.CONFIRM).lines().toList();

        assertThat(lines).contains(
            "twinwall_role{role=\"active\"} 1",
            "twinwall_role{role=\"standby\"} 0",
            "twinwall_table_entries{table=\"ipv4-session\"} 7",
            "twinwall_table_lag_seconds{table=\"ipv4-session\"} 1.5",
            "twinwall_table_sent_bytes_total{table=\"ipv4-session\"} 900",
            "twinwall_table_entries{table=\"routes\"} 11",
            "twinwall_table_backed_up{table=\"routes\"} 0",
            "twinwall_table_not_due_entries{table=\"ipv4-session\"} 4",
            "twinwall_table_refused_entries_total{table=\"ipv4-session\",reason=\"unknown-pool\"} 6",
            "twinwall_table_quick_only_changes_total{table=\"ipv4-session\"} 700",
            "twinwall_table_quick_only_sent_bytes_total{table=\"ipv4-session\"} 29000",
            "twinwall_table_backup_cpu_ratio{table=\"ipv4-session\"} 2.5E-4",
            "twinwall_table_apply_cpu_ratio{table=\"ipv4-session\"} 4.0E-5",
            "twinwall_failover_cost_entries{why=\"at-risk\"} 5",
            "twinwall_failover_cost_entries{why=\"local\"} 11",
            "twinwall_link_state{link=\"a\",state=\"peer-down\"} 1",
            "twinwall_link_refused_total{link=\"a\",reason=\"not-tls\"} 3",
            "twinwall_monitored_item_up{item=\"interface eth1\"} 0",
            "twinwall_monitored_item_up{item=\"router\"} 1",
            "twinwall_confirm_state{state=\"peer-slow\"} 1",
            "twinwall_confirm_state{state=\"holding\"} 0",
            "twinwall_confirm_waiting_frames 3",
            "twinwall_confirm_total{outcome=\"held\"} 9",
            "twinwall_confirm_wait_seconds{quantile=\"0.99\"} 9.0E-4",
            "twinwall_lost_entries{table=\"ipv4-session\"} 4",
            "twinwall_dropped_total{reason=\"unknown-table\"} 5",
            "# HELP twinwall_firewall_refused_logins_total Logins that were refused.",
            "twinwall_firewall_refused_logins_total{reason=\"wrong-password\"} 3",
            "twinwall_firewall_refused_logins_total{reason=\"full\"} 0");
    }

    @Test
    void whatIsNotKnownHasNoSample() {
        group.peer = new PeerStatus("fw-b", null, false, -1, -1, 1000, 5);

        String page = MetricsPage.of(group.status(), refused, ApiUnderTest.CONFIRM);

        assertThat(page).doesNotContain("peer_last_heard").doesNotContain("drift_entries{table=\"ipv4-session\"}")
            .doesNotContain("not_due_entries{table=\"napt\"}");
        assertThat(page).contains("twinwall_table_drift_entries{table=\"napt\"} 0");
    }

    @Test
    void aTableThatIsNotBackedUpRaisesNoAlarm() {
        String page = MetricsPage.of(group.status(), refused, ApiUnderTest.CONFIRM);

        assertThat(page).doesNotContain("in_sync{table=\"routes\"}").doesNotContain("lag_entries{table=\"routes\"}");
    }

    @Test
    void everyLineIsWhatTheFormatAllows() {
        group.firewall = "a\"b\\c\nd";
        Set<String> families = new HashSet<>();
        String family = "";

        for (String line : MetricsPage.of(group.status(), refused, ApiUnderTest.CONFIRM).lines().toList()) {
            if (line.startsWith("# HELP ")) {
                family = line.split(" ")[2];
                assertThat(families.add(family)).as("once: " + family).isTrue();
            } else if (line.startsWith("# TYPE ")) {
                assertThat(line).matches("# TYPE " + family + " (gauge|counter)");
                assertThat(family.endsWith("_total")).isEqualTo(line.endsWith("counter"));
            } else {
                assertThat(line).matches(SAMPLE).startsWith(family);
            }
        }
        assertThat(families).hasSizeGreaterThan(20);
    }
}
