/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.trials.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import twinwall.run.trials.wiring.End;

class HandoversTest {

    private final Handovers handovers = new Handovers();

    @Test
    void packetsOfOneFirewallAreNoHandover() {
        handovers.forwarded(End.A, 10, 12);
        handovers.forwarded(End.A, 13, 15);

        assertThat(handovers.count()).isZero();
        assertThat(handovers.by(End.A)).isEqualTo(2);
    }

    @Test
    void thePeersPacketThatWasSentAfterwardsIsOne() {
        handovers.forwarded(End.A, 10, 12);
        handovers.forwarded(End.B, 13, 15);

        assertThat(handovers.count()).isEqualTo(1);
    }

    @Test
    void aPacketThatMayHaveLeftBeforeThePeerTookOverIsNone() {
        handovers.forwarded(End.A, 10, 12);
        handovers.forwarded(End.B, 13, 15);
        handovers.forwarded(End.A, 14, 20);

        assertThat(handovers.count()).isEqualTo(1);
    }

    @Test
    void twoThatForwardTogetherPassTheRoleAgainAndAgain() {
        for (int i = 0; i < 10; i++) {
            handovers.forwarded(i % 2 == 0 ? End.A : End.B, 10 * i, 10 * i + 5);
        }

        assertThat(handovers.count()).isEqualTo(9);
    }
}
