/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.demo;

import twinwall.firewall.SessionState;

/**
 * When a session is due for backup, as {@code docs/architecture.md} promises it. Written apart from the handlers' own rule: the demo
 * counts a session that was due by this rule and is missing on FW_B as lost, whatever the handlers think of it.
 */
final class DueRule {

    private final boolean quickBackup;

    DueRule(boolean quickBackup) {
        this.quickBackup = quickBackup;
    }

    boolean quickBackup() {
        return quickBackup;
    }

    /** Whether a session, or a translation for it, should be on the peer. */
    boolean due(int protocol, SessionState state, boolean local) {
        if (local) {
            return false;
        }
        boolean ping = protocol == PacketFacts.ICMP || protocol == PacketFacts.ICMPV6;
        return quickBackup || !ping && state.compareTo(SessionState.ESTABLISHED) >= 0;
    }
}
