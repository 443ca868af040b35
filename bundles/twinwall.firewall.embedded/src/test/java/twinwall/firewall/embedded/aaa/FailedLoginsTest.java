/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.aaa;

import static org.assertj.core.api.Assertions.assertThat;
import static twinwall.firewall.embedded.Credentials.address;

import org.junit.jupiter.api.Test;

class FailedLoginsTest {

    private static final long SECOND = 1_000_000;

    private final FailedLogins failures = new FailedLogins(3);
    private long now = 1_700_000_000_000_000L;

    private int next(String from, String user) {
        return failures.begin(address(from), user, now);
    }

    @Test
    void afterTheFreeTriesEachWaitIsTwiceTheOneBefore() {
        assertThat(next("192.0.2.1", "alice")).isZero();
        assertThat(next("192.0.2.1", "alice")).isZero();
        assertThat(next("192.0.2.1", "alice")).isZero();
        for (int seconds = 1; seconds <= 8; seconds *= 2) {
            assertThat(next("192.0.2.1", "alice")).isEqualTo(seconds);
            now += seconds * SECOND;
            assertThat(next("192.0.2.1", "alice")).isZero();
        }
    }

    @Test
    void anAddressIsSlowedDownWhicheverUsersItTries() {
        for (int i = 0; i < 3; i++) {
            assertThat(next("192.0.2.1", "user" + i)).isZero();
        }
        assertThat(next("192.0.2.1", "another")).isPositive();
        assertThat(next("192.0.2.2", "another")).isZero();
    }

    @Test
    void aUserIsSlowedDownWhereverTheTriesComeFromButNeverForLong() {
        for (int i = 0; i < 200; i++) {
            now += next("192.0.2." + i, "alice") * SECOND;
            next("192.0.2." + i, "alice");
        }
        assertThat(next("198.51.100.1", "alice")).isBetween(1, 60);
        assertThat(next("198.51.100.1", "bob")).isZero();
    }

    @Test
    void addressesOfOneIpv6NetworkCountAsOne() {
        for (int i = 0; i < 3; i++) {
            assertThat(next("2001:db8::" + i, "user" + i)).isZero();
        }
        assertThat(next("2001:db8::ffff", "another")).isPositive();
        assertThat(next("2001:db8:0:1::1", "another")).isZero();
    }

    @Test
    void aRightLoginForgivesTheUserButNotTheAddressItsOtherTries() {
        next("192.0.2.1", "alice");
        next("192.0.2.1", "bob");
        next("192.0.2.1", "mallory");
        failures.succeeded(address("192.0.2.1"), "mallory");
        assertThat(next("192.0.2.1", "alice")).isZero();
        assertThat(next("192.0.2.1", "alice")).isPositive();
        assertThat(next("192.0.2.9", "mallory")).isZero();
    }

    @Test
    void failuresAreForgottenAfterAQuarterOfAnHour() {
        for (int i = 0; i < 3; i++) {
            next("192.0.2.1", "alice");
        }
        now += 901 * SECOND;
        assertThat(next("192.0.2.1", "alice")).isZero();
        assertThat(next("192.0.2.1", "alice")).isZero();
    }

    @Test
    void whatIsRememberedIsBounded() {
        for (int i = 0; i < 50_000; i++) {
            next("10." + (i >> 16) + "." + (i >> 8 & 255) + "." + (i & 255), "user" + i);
        }
        assertThat(failures.remembered()).isLessThanOrEqualTo(40_000);
    }
}
