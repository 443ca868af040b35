/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import twinwall.run.node.NewFolder.Endpoint;

class EndpointTest {

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 192.0.2.1, 7400", "192.0.2.1:99, 192.0.2.1, 99", "fw-b.example:65535, fw-b.example, 65535",
        "2001:db8::1, 2001:db8::1, 7400", "[2001:db8::1], 2001:db8::1, 7400", "[2001:db8::1]:81, 2001:db8::1, 81"
    })
    void addressAndPortAreRead(String text, String address, int port) throws Refusal {
        assertThat(Endpoint.parse(text)).isEqualTo(new Endpoint(address, port));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", ":", ":80", "a:", "a:x", "a:0", "a:65536", "[::1", "[::1]x", "[::1]80", "[]:80", "a b", "a:-1"})
    void whatIsNoAddressIsRefusedWithTheText(String text) {
        assertThatThrownBy(() -> Endpoint.parse(text)).isInstanceOf(Refusal.class).hasMessageStartingWith("'" + text + "'");
    }

    @Test
    void anEndpointIsPrintedAsItIsRead() throws Refusal {
        assertThat(Endpoint.parse("[2001:db8::1]:81")).hasToString("[2001:db8::1]:81");
        assertThat(Endpoint.parse("192.0.2.1")).hasToString("192.0.2.1:7400");
    }
}
