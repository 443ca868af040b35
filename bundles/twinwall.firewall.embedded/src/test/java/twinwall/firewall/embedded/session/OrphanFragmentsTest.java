/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

import org.junit.jupiter.api.Test;
import twinwall.firewall.Ip4;
import twinwall.firewall.Ipv4Session;
import twinwall.firewall.SessionState;
import twinwall.firewall.embedded.FirewallSettings;
import twinwall.firewall.embedded.packet.Packet;
import twinwall.group.Share;

/** What strangers can cost by later fragments is bounded. */
class OrphanFragmentsTest {

    private static final int SESSIONS = 10;

    private final FirewallTime time = new FirewallTime();
    private final Sessions sessions = new Sessions(FirewallSettings.of(Map.of()), time, new ReentrantLock());
    private final OrphanFragments orphans = new OrphanFragments(sessions, 12 * SESSIONS);
    private final Packet later = new Packet();

    OrphanFragmentsTest() {
        PeerEntries peer = new PeerEntries(sessions);
        for (int i = 0; i < SESSIONS; i++) {
            peer.restore(new Ipv4Session(0, Optional.empty(), 17, new Ip4(1 + i), new Ip4(99), 1000, 53, SessionState.ESTABLISHED, 1, 2, 1,
                    false, 0, 255, Optional.empty(), Optional.empty(), 0, 0, 0, 0, 0));
        }
        later.protocol = 17;
        later.sourceLow = 1;
        later.destinationLow = 99;
        time.role(true, Share.ALL);
        time.advance(1_000_000);
    }

    private int adopted(int tries) {
        int adopted = 0;
        for (int i = 0; i < tries; i++) {
            adopted += orphans.adopt(later) == null ? 0 : 1;
        }
        return adopted;
    }

    @Test
    void onlyAFewWalksInASecondAndSoManyPlacesAfterATakeover() {
        assertThat(adopted(20)).as("of this second").isEqualTo(8);
        time.advance(2_000_000);
        assertThat(adopted(20)).as("of all places").isEqualTo(4);
        time.advance(3_000_000);
        assertThat(adopted(20)).isZero();
        time.role(false, Share.NONE);
        time.role(true, Share.ALL);
        time.advance(4_000_000);
        assertThat(adopted(20)).as("after the next takeover").isEqualTo(8);
    }
}
