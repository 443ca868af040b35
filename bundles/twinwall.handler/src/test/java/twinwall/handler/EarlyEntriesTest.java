/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.handler;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import twinwall.firewall.Ip4;
import twinwall.firewall.NaptMapping;
import twinwall.firewall.SessionState;
import twinwall.firewall.ThreeTupleBinding;
import twinwall.spi.BackupTiming;
import twinwall.testkit.MemoryFirewallTable;

/** What the peer must know of before it is due. */
class EarlyEntriesTest {

    private static final int ICMP = 1;
    private static final int UDP = 17;

    private static final SessionTableHandler<NaptMapping> SESSIONS =
            new SessionTableHandler<>(new MemoryFirewallTable<>(NaptMapping.class), NaptMapping.class, false) {
            };
    private static final BindingTableHandler<ThreeTupleBinding> BINDINGS =
            new BindingTableHandler<>(new MemoryFirewallTable<>(ThreeTupleBinding.class), ThreeTupleBinding.class) {
            };

    private static NaptMapping half(boolean early) {
        return new NaptMapping(0, UDP, new Ip4(1), 1, new Ip4(2), 2, new Ip4(3), 3, 0, SessionState.NEW, false, early, 1, 60);
    }

    private static ThreeTupleBinding binding(int protocol, boolean early) {
        return new ThreeTupleBinding(0, protocol, new Ip4(1), 1, new Ip4(3), 3, 0, early, 60);
    }

    @Test
    void aHalfOpenSessionIsDueEarlyAndItsEndIsReported() {
        assertThat(SESSIONS.due(half(false), BackupTiming.DEFAULT)).isFalse();
        assertThat(SESSIONS.due(half(true), BackupTiming.DEFAULT)).isTrue();
        assertThat(SESSIONS.mayBeOnPeer(half(false), BackupTiming.DEFAULT)).isFalse();
        assertThat(SESSIONS.mayBeOnPeer(half(true), BackupTiming.DEFAULT)).isTrue();
    }

    @Test
    void aBindingOfIcmpIsDueEarlyAndItsEndIsReported() {
        assertThat(BINDINGS.due(binding(UDP, false), BackupTiming.DEFAULT)).isTrue();
        assertThat(BINDINGS.due(binding(ICMP, false), BackupTiming.DEFAULT)).isFalse();
        assertThat(BINDINGS.due(binding(ICMP, true), BackupTiming.DEFAULT)).isTrue();
        assertThat(BINDINGS.mayBeOnPeer(binding(ICMP, false), BackupTiming.DEFAULT)).isFalse();
        assertThat(BINDINGS.mayBeOnPeer(binding(ICMP, true), BackupTiming.DEFAULT)).isTrue();
    }
}
