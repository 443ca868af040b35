/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A firewall whose process stood still: its role and its tables are stale until it is told anew. */
class StaleRoleTest {

    private final TestFirewall test = new TestFirewall().connected();
    private boolean valid = true;

    StaleRoleTest() {
        test.firewall.lease(() -> valid);
    }

    @Test
    void notEvenOnePacketIsForwardedOnAStaleRole() {
        assertThat(test.inside(TestFirewall.ack()).forwarded()).isTrue();
        valid = false;
        Verdict verdict = test.inside(TestFirewall.ack());
        assertThat(verdict.reason()).isEqualTo(DropReason.STALE_ROLE);
        assertThat(test.firewall.counters().dropped()).containsEntry(DropReason.STALE_ROLE, 1L);
        valid = true;
        assertThat(test.inside(TestFirewall.ack()).forwarded()).isTrue();
    }

    @Test
    void nothingEndsByTimeWhileTheRoleIsStale() {
        test.news();
        valid = false;
        test.pass(100_000);
        test.inside(TestFirewall.ack());
        assertThat(test.news()).as("what this firewall missed was not idle on the peer").isEmpty();
        test.firewall.setForwarding(false);
        valid = true;
        test.pass(100_000);
        assertThat(test.news()).isEmpty();
        assertThat(test.firewall.ipv4Sessions().size()).isEqualTo(1);
    }

    @Test
    void timeThatPassedCountsWhenTheRoleHolds() {
        valid = false;
        test.pass(100_000);
        valid = true;
        test.pass(1);
        assertThat(test.firewall.ipv4Sessions().size()).isZero();
    }

    @Test
    void aStandbyDoesNotAsk() {
        test.firewall.setForwarding(false);
        valid = false;
        assertThat(test.inside(TestFirewall.ack()).reason()).isEqualTo(DropReason.STANDBY);
    }
}
