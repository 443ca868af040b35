/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static twinwall.firewall.embedded.TestFirewall.SERVER;
import static twinwall.firewall.embedded.TestFirewall.entries;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import twinwall.firewall.FirewallTable;

/** A binding that was idle on the peer has its whole time here, not for ever what was left of it when it came. */
class BindingSpanTest {

    private static TestFirewall firewall(String table) {
        return switch (table) {
            case "nat-3-tuple" -> new TestFirewall("threetuple_pool", TestFirewall.PUBLIC, "threetuple_timeout_s", "300");
            case "nat-no-pat" -> new TestFirewall("nopat_pool", TestFirewall.PUBLIC, "nopat_timeout_s", "300");
            case "nat64" -> new TestFirewall("nat64_pool", TestFirewall.PUBLIC, "nat64_prefix", "2001:db8:64::/96", "nat64_timeout_s",
                    "300");
            case "ds-lite" -> new TestFirewall("dslite_aftr", DsLiteTest.AFTR, "dslite_pool", "192.0.2.1", "dslite_timeout_s", "300");
            default -> new TestFirewall("slb_servers", "dns udp 203.0.113.80:53 -> 10.0.0.20:53", "slb_sticky_s", "300", "rules",
                    "allow any->any");
        };
    }

    private static void begin(TestFirewall active, String table) {
        byte[] out = Frames.udp("10.0.0.5", 4000, SERVER, 53, 1);
        Verdict verdict = switch (table) {
            case "nat64" -> active.inside(Frames.udp("2001:db8::5", 4000, "2001:db8:64::c633:6409", 53, 1));
            case "ds-lite" -> active.send(EmbeddedFirewall.INSIDE, DsLiteTest.tunnelled(DsLiteTest.B4, out)).verdict();
            case "l4-slb" -> active.outside(Frames.udp(SERVER, 4000, "203.0.113.80", 53, 1));
            default -> active.inside(out);
        };
        assertThat(verdict.forwarded()).as(verdict.toString()).isTrue();
    }

    private static String remaining(FirewallTable<?> table) {
        return entries(table).get(0).toString().replaceAll(".*remainingSeconds=([0-9]+).*", "$1");
    }

    @ParameterizedTest
    @CsvSource({"nat-3-tuple", "nat-no-pat", "nat64", "ds-lite", "l4-slb"})
    void anIdleBindingOfThePeerHasItsWholeTime(String table) {
        TestFirewall active = firewall(table);
        TestFirewall standby = firewall(table);
        standby.firewall.setForwarding(false);
        active.pass(1);
        begin(active, table);
        active.pass(60);
        active.pass(290);
        assertThat(remaining(active.firewall.tables().get(table))).isEqualTo("10");
        active.copyTo(standby);
        assertThat(remaining(standby.firewall.tables().get(table))).isEqualTo("300");
        standby.pass(1000);
        standby.firewall.setForwarding(true);
        assertThat(remaining(standby.firewall.tables().get(table))).as("before the first packet").isEqualTo("300");
        standby.pass(0);
        standby.pass(200);
        assertThat(remaining(standby.firewall.tables().get(table))).isEqualTo("100");
    }
}
