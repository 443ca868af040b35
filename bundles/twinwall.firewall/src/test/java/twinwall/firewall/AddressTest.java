/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AddressTest {

    @Test
    void anIpv4AddressReadsAsDottedDecimal() {
        assertThat(new Ip4(0xc0000201)).hasToString("192.0.2.1");
        assertThat(new Ip4(0)).hasToString("0.0.0.0");
        assertThat(new Ip4(-1)).hasToString("255.255.255.255");
    }

    @Test
    void anEndpointReadsAsAddressAndPort() {
        assertThat(new Endpoint4(new Ip4(0x7f000001), 8080)).hasToString("127.0.0.1:8080");
    }

    @Test
    void anIpv6AddressReadsWithColons() {
        assertThat(new Ip6(0x20010db800000000L, 1)).hasToString("2001:db8:0:0:0:0:0:1");
        assertThat(new Ip6(0, 0xffffL << 32 | 0xc0000201L)).as("a mapped address stays IPv6").hasToString("0:0:0:0:0:ffff:c000:201");
    }
}
