/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static twinwall.protocol.ScenarioTest.number;
import static twinwall.protocol.ScenarioTest.unknown;

import java.util.List;
import java.util.Map;

/** What a story expects. */
final class ScenarioExpectation {

    private ScenarioExpectation() {
    }

    static void check(TestGroup group, String text) {
        String[] words = text.split("\\s+");
        switch (words[0]) {
            case "same" -> group.assertEqualTables();
            case "lag" -> assertThat(group.firewall(words[1]).member.lag()).isEqualTo(number(words[2]));
            case "fw-a", "fw-b" -> check(group, group.firewall(words[0]), text.substring(4).strip(), words);
            default -> throw unknown();
        }
    }

    private static void check(TestGroup group, TestFirewall firewall, String rest, String[] words) {
        switch (words[1]) {
            case "role" -> assertThat(firewall.member.role().label()).isEqualTo(words[2]);
            case "ready" -> assertThat(firewall.member.notReady()).isEmpty();
            case "because" -> assertThat(firewall.roles.get(firewall.roles.size() - 1)).contains(after(rest));
            case "says" -> assertThat(firewall.verdicts).last().asString().startsWith(after(rest));
            case "hands" -> assertThat(firewall.handovers).last().asString().startsWith(after(after(rest)));
            case "outlook" -> outlook(firewall, group, after(rest));
            case "changed" -> assertThat(firewall.roles).as("role changes").hasSize(number(words[2]));
            case "waits" -> assertThat(firewall.verdicts).as("verdicts on switchovers").isEmpty();
            case "lost" -> lost(firewall, words);
            default -> table(firewall, words);
        }
    }

    /** {@code fw-a outlook nothing}, {@code fw-a outlook fw-b preempts in 43 s.} */
    private static void outlook(TestFirewall firewall, TestGroup group, String expected) {
        List<String> told = firewall.member.outlook(group.now);
        if (expected.equals("nothing")) {
            assertThat(told).isEmpty();
        } else {
            assertThat(told).anySatisfy(line -> assertThat(line).startsWith(expected));
        }
    }

    private static String after(String rest) {
        return rest.substring(rest.indexOf(' ') + 1).strip();
    }

    /** {@code fw-b lost nobody}; {@code fw-b lost sessions 0 exactly}, {@code fw-b lost sessions 5 at most}. */
    private static void lost(TestFirewall firewall, String[] words) {
        if (words[2].equals("nobody")) {
            assertThat(firewall.losses).isEmpty();
            return;
        }
        assertThat(firewall.losses).as("takeovers").hasSize(1);
        Map<String, Shortfall> losses = firewall.losses.get(0);
        assertThat(losses.get(words[2])).isEqualTo(new Shortfall(number(words[3]), words[4].equals("exactly")));
    }

    /** {@code fw-b sessions k1 = v1}, {@code fw-b sessions k1 absent}, {@code fw-b sessions has 5} and counters. */
    private static void table(TestFirewall firewall, String[] words) {
        TestTable table = firewall.table(words[1]);
        TableState state = table.replica.state();
        switch (words[2]) {
            case "has" -> assertThat(table.content).hasSize(number(words[3]));
            case "lag" -> assertThat(state.lag()).isEqualTo(number(words[3]));
            case "sent" -> assertThat(state.changes()).isEqualTo(number(words[3]));
            case "restored" -> assertThat(table.restored).hasSize(number(words[3]));
            case "snapshots" -> assertThat(table.snapshotsWanted).isEqualTo(number(words[3]));
            case "overflows" -> assertThat(state.overflows()).isEqualTo(number(words[3]));
            case "conflicts" -> assertThat(state.conflicts()).isEqualTo(number(words[3]));
            case "drift" -> assertThat(table.replica.comparison().state().drift()).isEqualTo(number(words[3]));
            case "compared" -> assertThat(table.replica.comparison().state().compared()).isEqualTo(number(words[3]));
            case "repaired" -> assertThat(table.replica.comparison().state().repaired()).isEqualTo(number(words[3]));
            case "opened" -> assertThat(table.openedWith).last().isEqualTo(number(words[5]));
            case "delivered" -> assertThat(state.detail()).isEmpty();
            case "undelivered:" -> assertThat(state.detail()).isEqualTo(String.join(" ", words).replaceAll(".*undelivered: ", ""));
            default -> entry(table, words);
        }
    }

    private static void entry(TestTable table, String[] words) {
        String value = table.content.get(words[2]);
        switch (words[3]) {
            case "=" -> assertThat(value).isEqualTo(words[4]);
            case "absent" -> assertThat(value).isNull();
            default -> throw unknown();
        }
    }
}
