/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import twinwall.firewall.embedded.nat.PortRange;
import twinwall.group.Share;

class OwnShareTest {

    private static OwnShare share(Share share) {
        OwnShare own = new OwnShare();
        own.set(share);
        return own;
    }

    @ParameterizedTest
    @CsvSource({"0, 65535", "1024, 65535", "7, 7", "7, 8", "7, 9", "60000, 60100"})
    void everyPortIsOfExactlyOneHalf(int first, int last) {
        PortRange range = new PortRange(first, last);
        PortRange one = share(Share.FIRST_HALF).of(range);
        PortRange other = share(Share.SECOND_HALF).of(range);
        for (int port = 0; port <= 65535; port++) {
            assertThat(one.contains(port) ^ other.contains(port)).isEqualTo(range.contains(port));
        }
        assertThat(one.size() - other.size()).isBetween(0, 1);
        assertThat(share(Share.ALL).of(range)).isSameAs(range);
        assertThat(share(Share.NONE).of(range).size()).isZero();
    }

    @Test
    void everyNumberIsOfExactlyOneHalf() {
        for (int number = 0; number < 10; number++) {
            assertThat(share(Share.FIRST_HALF).has(number)).isNotEqualTo(share(Share.SECOND_HALF).has(number));
            assertThat(share(Share.ALL).has(number)).isTrue();
            assertThat(share(Share.NONE).has(number)).isFalse();
        }
    }
}
