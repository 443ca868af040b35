/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import twinwall.firewall.embedded.lists.AddressRange;
import twinwall.firewall.embedded.lists.Ip4Range;
import twinwall.firewall.embedded.lists.Prefix;
import twinwall.firewall.embedded.rule.RuleList;
import twinwall.settings.Settings;

class FirewallSettingsTest {

    @Test
    void aWrongValueIsNamedAndTheDefaultIsUsed() {
        List<String> told = new ArrayList<>();
        FirewallSettings settings = FirewallSettings.from(new Settings(FirewallSettings.PID,
                Map.of("rules", "permit any", "napt_pool", "nowhere", "max_sessions", 0, "clock", "sundial"), told::add));
        assertThat(settings).isEqualTo(FirewallSettings.defaults());
        assertThat(told).hasSize(4).contains("twinwall.firewall.embedded: rules=permit any must be rules that begin with allow or deny, "
                + "unlike 'permit any'. Using allow inside->outside; deny any->any.",
                "twinwall.firewall.embedded: napt_pool=nowhere must be made of addresses, unlike nowhere. Using none.");
    }

    @Test
    void aProgramIsToldByAnException() {
        assertThatThrownBy(() -> FirewallSettings.of(Map.of("icmp_timeout_s", "0"))).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("icmp_timeout_s=0");
    }

    @Test
    void itDoesNotForwardUnlessToldSo() {
        assertThat(new EmbeddedFirewall(FirewallSettings.defaults()).forwarding()).isFalse();
    }

    @Test
    void aPoolMayMixAddressesRangesAndPrefixes() {
        assertThat(AddressRange.list("203.0.113.1, 203.0.113.8-203.0.113.9,198.51.100.6/31")).containsExactly(0xcb007101, 0xcb007108,
                0xcb007109, 0xc6336406, 0xc6336407);
    }

    @Test
    void anAddressThatAPoolNamesTwiceIsInItOnce() {
        assertThat(AddressRange.list("10.0.0.2-10.0.0.3, 10.0.0.6, 10.0.0.0/29, 10.0.0.7")).containsExactly(0x0a000002, 0x0a000003,
                0x0a000006, 0x0a000000, 0x0a000001, 0x0a000004, 0x0a000005, 0x0a000007);
        assertThat(AddressRange.list("10.0.0.0/29, 10.0.0.2-10.0.0.9")).hasSize(10);
        assertThat(AddressRange.list("10.0.0.0/29, 10.0.0.0/30")).hasSize(8);
    }

    @Test
    void onlyHostsWithAnAddressEachMayHaveAMillion() {
        FirewallSettings settings = FirewallSettings.of(Map.of("nopat_pool", "100.64.0.0/12", "napt_pool", "203.0.113.0/24"));
        assertThat(settings.publicAddresses()).hasSize(2).containsEntry(Ip4Range.parse("100.64.0.0/12"), "nopat_pool");
        assertThatThrownBy(() -> FirewallSettings.of(Map.of("nopat_pool", "100.64.0.0/12, 203.0.113.1"))).hasMessageContaining(
                "at most 1048576 addresses, unlike 203.0.113.1");
        assertThatThrownBy(() -> FirewallSettings.of(Map.of("napt_pool", "100.64.0.0/12"))).hasMessageContaining("at most 65536");
        assertThatThrownBy(() -> FirewallSettings.of(Map.of("napt_pool", "203.0.113.7", "nopat_pool", "203.0.112.0/20")))
                .hasMessageContaining("nopat_pool=203.0.112.0/20 must be without 203.0.113.7, which napt_pool has");
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.0/7", "203.0.113.9-203.0.113.1", "2001:db8::1", "300.1.1.1", "example.org", "1.2.3"})
    void anImpossiblePoolIsRefused(String pool) {
        assertThatThrownBy(() -> AddressRange.list(pool)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void prefixesOfBothFamiliesContainTheirAddresses() {
        assertThat(Prefix.parse("10.0.0.0/8").contains(false, 0, 0x0affffffL)).isTrue();
        assertThat(Prefix.parse("10.0.0.0/8").contains(false, 0, 0x0b000000L)).isFalse();
        assertThat(Prefix.parse("10.0.0.0/8").contains(true, 0, 0x0affffffL)).isFalse();
        assertThat(Prefix.parse("0.0.0.0/0").contains(false, 0, 7)).isTrue();
        assertThat(Prefix.parse("2001:db8::/32").contains(true, 0x20010db8ffff0000L, 1)).isTrue();
        assertThat(Prefix.parse("2001:db8::/32").contains(true, 0x20010db900000000L, 1)).isFalse();
        assertThat(Prefix.parse("2001:db8::8/126").contains(true, 0x20010db800000000L, 0xb)).isTrue();
        assertThat(Prefix.parse("2001:db8::8/126").contains(true, 0x20010db800000000L, 0xc)).isFalse();
        assertThat(Prefix.parse("::/0").contains(true, -1, -1)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"allow", "allow inside", "allow inside=>outside", "allow inside->dmz", "allow any->any port 80",
        "allow any->any tcp port 99999", "allow any->any tcp 10.0.0.0/8 10.0.0.0/8", "allow any->any udp from", "deny any->any tcp port",
        "allow any->any tcp example.org", "allow any->any user", "allow any->any user group staff", "allow any->any user a b",
        "allow any->any user any port 80", "allow any->any user security-group"})
    void anImpossibleRuleIsRefused(String rule) {
        assertThatThrownBy(() -> RuleList.parse(rule)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ";;", "allow inside -> outside", "deny any->any 47 from 10.0.0.0/8 2001:db8::/32",
        "allow outside->inside tcp from 192.0.2.0/24 198.51.100.0/24 port 80-90;", "allow inside->outside user any",
        "allow inside->outside tcp 10.0.0.0/8 port 80 user alice",
        "deny any->any user group /staff", "allow any->any user security-group x"})
    void aPossibleRuleIsRead(String rule) {
        assertThat(RuleList.parse(rule)).isNotNull();
    }
}
