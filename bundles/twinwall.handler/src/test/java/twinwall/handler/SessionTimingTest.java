/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.handler;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;

import org.junit.jupiter.api.Test;
import twinwall.firewall.Ip4;
import twinwall.firewall.NaptMapping;
import twinwall.firewall.SessionState;
import twinwall.spi.BackupTiming;

class SessionTimingTest {

    private static final int[] TCP_SCTP_UDP_ESP = {6, 132, 17, 50};
    private static final int[] ICMP_AND_ICMP_V6 = {1, 58};

    @Test
    void byDefaultASessionIsDueOnceItIsSetUp() {
        for (int protocol : TCP_SCTP_UDP_ESP) {
            for (SessionState state : SessionState.values()) {
                boolean setUp = state.ordinal() >= SessionState.ESTABLISHED.ordinal();
                assertThat(SessionTiming.due(protocol, state, false, BackupTiming.DEFAULT)).as(protocol + " " + state).isEqualTo(setUp);
            }
        }
    }

    @Test
    void byDefaultIcmpIsNeverDue() {
        for (int protocol : ICMP_AND_ICMP_V6) {
            for (SessionState state : SessionState.values()) {
                assertThat(SessionTiming.due(protocol, state, false, BackupTiming.DEFAULT)).isFalse();
            }
        }
    }

    @Test
    void withQuickBackupTheFirstPacketIsEnough() {
        for (int protocol : new int[] {6, 132, 17, 50, 1, 58}) {
            assertThat(SessionTiming.due(protocol, SessionState.NEW, false, BackupTiming.QUICK)).isTrue();
        }
    }

    @Test
    void sessionsOfTheFirewallItselfAreNeverDue() {
        for (BackupTiming timing : BackupTiming.values()) {
            assertThat(SessionTiming.due(6, SessionState.ESTABLISHED, true, timing)).isFalse();
        }
    }

    @Test
    void unlessThatIsWanted() {
        assertThat(SessionTiming.backsUpLocal(Map.of("backup_local_sessions", "true"))).isTrue();
        assertThat(SessionTiming.backsUpLocal(Map.of("backup_local_sessions", true))).isTrue();
        assertThat(SessionTiming.backsUpLocal(Map.of())).isFalse();
        assertThat(SessionTiming.backsUpLocal(Map.of("backup_local_sessions", "no"))).isFalse();
    }

    @Test
    void theLaterSessionWinsThenTheFurtherState() {
        assertThat(SessionTiming.compare(session(2, SessionState.NEW), session(1, SessionState.CLOSED))).isPositive();
        assertThat(SessionTiming.compare(session(1, SessionState.CLOSED), session(2, SessionState.NEW))).isNegative();
        assertThat(SessionTiming.compare(session(1, SessionState.CLOSED), session(1, SessionState.NEW))).isPositive();
        assertThat(SessionTiming.compare(session(1, SessionState.NEW), session(1, SessionState.NEW))).isZero();
    }

    @Test
    void thenTheLowerPublicEndpoint() {
        assertThat(SessionTiming.compare(translated(0x7f000001, 9), translated(0x7f000001, 10))).isPositive();
        assertThat(SessionTiming.compare(translated(0xc0000201, 1), translated(0x7f000001, 10))).isNegative();
    }

    private static NaptMapping session(long createdSeconds, SessionState state) {
        return new NaptMapping(0, 6, new Ip4(1), 1, new Ip4(2), 2, new Ip4(3), 3, 0, state, false, createdSeconds, 60);
    }

    private static NaptMapping translated(int address, int port) {
        return new NaptMapping(0, 6, new Ip4(1), 1, new Ip4(2), 2, new Ip4(address), port, 0, SessionState.NEW, false, 1, 60);
    }
}
