/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.nat64;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import twinwall.firewall.Ip6;
import twinwall.firewall.embedded.lists.Prefix;

class Nat64PrefixTest {

    private static final int SERVER = 0xc0000221;

    /** RFC 6052, section 2.4, tables 1 and 2. */
    @ParameterizedTest
    @CsvSource({"2001:db8::/32, 2001:db8:c000:221::", "2001:db8:100::/40, 2001:db8:1c0:2:21::",
        "2001:db8:122::/48, 2001:db8:122:c000:2:2100::", "2001:db8:122:300::/56, 2001:db8:122:3c0:0:221::",
        "2001:db8:122:344::/64, 2001:db8:122:344:c0:2:2100::", "2001:db8:122:344::/96, 2001:db8:122:344::192.0.2.33"})
    void embedsAsInTheExamplesOfTheRfc(String text, String embedded) throws Exception {
        Nat64Prefix prefix = Nat64Prefix.parse(text);
        Prefix address = Prefix.parse(InetAddress.getByName(embedded).getHostAddress());
        assertThat(new Ip6(prefix.embeddedHigh(SERVER), prefix.embeddedLow(SERVER))).isEqualTo(new Ip6(address.high(), address.low()));
        assertThat(prefix.extract(address.high(), address.low())).isEqualTo(SERVER);
        assertThat(prefix.contains(address.high(), address.low())).isTrue();
        assertThat(prefix.translatable(address.high(), address.low())).isTrue();
        assertThat(prefix.contains(address.high() ^ 1L << 40, address.low())).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2001:db8::/32", "2001:db8:100::/40", "2001:db8:122::/48", "2001:db8:122:300::/56", "2001:db8:122:344::/64",
        "2001:db8:122:344::/96"})
    void everyAddressComesBack(String text) {
        Nat64Prefix prefix = Nat64Prefix.parse(text);
        Random random = new Random(6052);
        for (int i = 0; i < 10_000; i++) {
            int address = random.nextInt();
            long high = prefix.embeddedHigh(address);
            long low = prefix.embeddedLow(address);
            assertThat(prefix.extract(high, low)).isEqualTo(address);
            assertThat(low >>> 56).as("octet 8").isZero();
        }
    }

    @Test
    void theWellKnownPrefixRepresentsGlobalAddressesOnly() {
        Nat64Prefix prefix = Nat64Prefix.parse(Nat64Prefix.WELL_KNOWN);
        for (String special : new String[] {"10.1.2.3", "172.31.0.1", "192.168.1.1", "100.64.0.1", "127.0.0.1", "169.254.1.1", "192.0.2.33",
            "224.0.0.1", "255.255.255.255", "0.0.0.0"}) {
            assertThat(prefix.mayRepresent((int) Prefix.parse(special).low())).as(special).isFalse();
        }
        assertThat(prefix.mayRepresent((int) Prefix.parse("8.8.8.8").low())).isTrue();
        assertThat(Nat64Prefix.parse("2001:db8::/32").mayRepresent((int) Prefix.parse("10.1.2.3").low())).isTrue();
    }

    @Test
    void whatIsNotZeroInOctetEightIsNotTranslated() {
        Nat64Prefix prefix = Nat64Prefix.parse("2001:db8:122:344::/64");
        assertThat(prefix.translatable(prefix.high(), prefix.embeddedLow(SERVER) | 1L << 56)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2001:db8::/33", "10.0.0.0/32", "2001:db8:1::/32", "2001:db8::1/96", "2001:db8:0:0:100::/96", "2001:db8::/128"})
    void otherPrefixesAreRefused(String text) {
        assertThatThrownBy(() -> Nat64Prefix.parse(text)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining(text);
    }
}
