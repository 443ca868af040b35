/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static twinwall.firewall.embedded.CarNatTest.ip;
import static twinwall.firewall.embedded.TestFirewall.entries;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import twinwall.firewall.DestinationBinding;
import twinwall.firewall.EntryRefusedException;
import twinwall.firewall.FirewallTable;
import twinwall.settings.Settings;

class DestinationNatTest {

    private static final String GLOBAL = "203.0.113.90";
    private static final String[] RULE = {"destination_nat", "udp 203.0.113.90 port 53 -> 10.0.0.10-10.0.0.12 port 5353 ttl 100",
        "rules", "allow outside->inside 203.0.113.90; allow inside->outside"};

    private final TestFirewall active = new TestFirewall(RULE);
    private final TestFirewall standby = standby();

    private static TestFirewall standby() {
        TestFirewall firewall = new TestFirewall(RULE);
        firewall.firewall.setForwarding(false);
        return firewall;
    }

    private static String client(int number) {
        return "198.51.100." + (10 + number);
    }

    private static String real(TestFirewall firewall, String client, int port) {
        byte[] packet = Frames.udp(client, port, GLOBAL, 53, 3);
        Verdict verdict = firewall.outside(packet);
        return verdict.forwarded() ? Frames.destination(packet) : verdict.reason().label();
    }

    @SuppressWarnings("unchecked")
    private static FirewallTable<DestinationBinding> bindings(TestFirewall firewall) {
        return (FirewallTable<DestinationBinding>) firewall.firewall.tables().get("destination-nat");
    }

    @Test
    void clientsAreSpreadOverThePoolAndEachKeepsItsAddress() {
        List<String> first = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            first.add(real(active, client(i), 4000));
        }
        assertThat(first).containsExactly("10.0.0.10:5353", "10.0.0.11:5353", "10.0.0.12:5353", "10.0.0.10:5353", "10.0.0.11:5353",
                "10.0.0.12:5353");
        for (int i = 0; i < 6; i++) {
            assertThat(real(active, client(i), 4001)).isEqualTo(first.get(i));
        }
        byte[] answer = Frames.udp("10.0.0.11", 5353, client(1), 4001, 3);
        assertThat(active.inside(answer).forwarded()).isTrue();
        assertThat(Frames.source(answer)).isEqualTo(GLOBAL + ":53");
        assertThat(Frames.checksumsRight(answer)).isTrue();
    }

    @Test
    void whatNoRuleMatchesGoesWhereItIsSent() {
        byte[] other = Frames.udp(client(1), 4000, GLOBAL, 54, 3);
        active.outside(other);
        assertThat(Frames.destination(other)).isEqualTo(GLOBAL + ":54");
        TestFirewall closed = new TestFirewall("destination_nat", RULE[1]);
        assertThat(real(closed, client(1), 4000)).as("the rule list has its say").isEqualTo("denied");
        assertThat(bindings(closed).size()).isZero();
    }

    @Test
    void aBindingEndsSomeTimeAfterTheLastSession() {
        real(active, client(0), 4000);
        String second = real(active, client(1), 4000);
        active.pass(61);
        assertThat(active.firewall.ipv4Sessions().size()).isZero();
        active.pass(90);
        assertThat(real(active, client(1), 4001)).isEqualTo(second);
        active.pass(15);
        assertThat(bindings(active).size()).isEqualTo(1);
        assertThat(entries(bindings(active)).get(0).sessions()).isEqualTo(1);
        active.pass(50);
        active.pass(101);
        assertThat(bindings(active).size()).isZero();
    }

    @Test
    void aBindingOutlivesASessionThatWasLongerThanItsTime() {
        for (int i = 0; i < 5; i++) {
            real(active, client(1), 4000);
            active.pass(50);
        }
        active.pass(71);
        assertThat(active.firewall.ipv4Sessions().size()).isZero();
        active.pass(90);
        assertThat(bindings(active).size()).isEqualTo(1);
        active.pass(11);
        assertThat(bindings(active).size()).isZero();
    }

    @Test
    void afterATakeoverAClientKeepsItsAddress() {
        real(active, client(0), 4000);
        String second = real(active, client(1), 4000);
        active.pass(61);
        active.copyTo(standby);
        standby.takeOverFrom(active);
        assertThat(real(standby, client(1), 4001)).isEqualTo(second);
        assertThat(real(standby, client(2), 4001)).as("the pool is shared evenly on").isEqualTo("10.0.0.12:5353");
    }

    @Test
    void withoutTheTableItIsSentElsewhere() {
        real(active, client(0), 4000);
        String second = real(active, client(1), 4000);
        active.pass(61);
        active.copyAllBut(standby, "destination-nat");
        standby.takeOverFrom(active);
        assertThat(real(standby, client(1), 4001)).isNotEqualTo(second);
    }

    @Test
    void sessionsAndBindingsMayComeInAnyOrder() {
        real(active, client(1), 4000);
        TestFirewall bindingsFirst = standby();
        entries(bindings(active)).forEach(bindings(bindingsFirst)::restore);
        active.copyAllBut(bindingsFirst, "destination-nat");
        active.copyAllBut(standby, "destination-nat");
        entries(bindings(active)).forEach(bindings(standby)::restore);
        for (TestFirewall one : List.of(standby, bindingsFirst)) {
            assertThat(entries(bindings(one)).get(0).sessions()).isEqualTo(1);
            one.takeOverFrom(active);
            one.pass(0);
            one.pass(61);
            assertThat(entries(bindings(one)).get(0).sessions()).isZero();
            one.pass(101);
            assertThat(bindings(one).size()).isZero();
        }
    }

    @Test
    void aSessionThatIsRefusedAfterAllIsNotCounted() {
        TestFirewall open = new TestFirewall("destination_nat", "udp 203.0.113.90 port 53 -> 10.0.0.10 ttl 9", "rules", "allow any->any");
        open.outside(Frames.udp(client(1), 4000, "10.0.0.10", 53, 3));
        assertThat(real(open, client(1), 4000)).as("its answers would be the other session's").isEqualTo("ambiguous");
        assertThat(entries(bindings(open)).get(0).sessions()).isZero();
        open.pass(10);
        assertThat(bindings(open).size()).isZero();
    }

    @Test
    void entriesOfThePeerThatTheRulesContradictAreRefused() {
        assertRefused(binding(2, GLOBAL, "10.0.0.10", 5353), "unknown-rule");
        assertRefused(binding(0, GLOBAL, "10.0.0.10", 5353), "unknown-rule");
        assertRefused(binding(1, "203.0.113.91", "10.0.0.10", 5353), "other-rule");
        assertRefused(binding(1, GLOBAL, "10.0.0.13", 5353), "other-rule");
        assertRefused(binding(1, GLOBAL, "10.0.0.10", 53), "other-rule");
        assertThat(bindings(standby).size()).isZero();
    }

    private void assertRefused(DestinationBinding binding, String reason) {
        assertThatThrownBy(() -> bindings(standby).restore(binding)).isInstanceOfSatisfying(EntryRefusedException.class,
                e -> assertThat(e.reason()).isEqualTo(reason));
    }

    private static DestinationBinding binding(int rule, String destination, String real, int realPort) {
        return new DestinationBinding(0, rule, 17, ip(client(1)), ip(destination), 53, ip(real), realPort, 1, 100);
    }

    @ParameterizedTest
    @ValueSource(strings = {"203.0.113.90", "tcp 203.0.113.90 -> ", "udp -> 10.0.0.1", "203.0.113.90 port 80 -> 10.0.0.1",
        "tcp 203.0.113.90 -> 10.0.0.1 port 80", "tcp 203.0.113.90 port 80 -> 10.0.0.1 ttl 0", "tcp 203.0.113.90 port 80 -> 10.0.0.0/8",
        "tcp 203.0.113.90 port 80-90 -> 10.0.0.1 port 65530", "tcp 203.0.113.90 port 80 -> 10.0.0.1 port",
        "tcp 203.0.113.90 -> 2001:db8::1"})
    void anImpossibleRuleIsRefused(String rule) {
        assertThatThrownBy(() -> new TestFirewall("destination_nat", rule)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("destination_nat=");
    }

    @ParameterizedTest
    @ValueSource(strings = {"203.0.113.90 -> 10.0.0.1", "47 203.0.113.0/24 -> 10.0.0.1, 10.0.0.4-10.0.0.9 ttl 5",
        "tcp 203.0.113.1-203.0.113.9 port 80-90 -> 10.0.0.1 port 8080 ttl 60; udp 203.0.113.90 port 53 -> 10.0.0.2;"})
    void aPossibleRuleIsRead(String rule) {
        assertThat(new TestFirewall("destination_nat", rule).firewall).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"napt_pool", "nat64_pool", "dslite_pool", "pcp_pool"})
    void destinationsInAPoolAreRefusedByName(String pool) {
        List<String> told = new ArrayList<>();
        FirewallSettings settings = FirewallSettings.from(new Settings(FirewallSettings.PID,
                Map.of(pool, GLOBAL, "destination_nat", RULE[1]), told::add));
        assertThat(settings.destinations().rules()).isEmpty();
        assertThat(told).singleElement().asString().contains("destination_nat=").contains(GLOBAL).contains(pool);
    }
}
