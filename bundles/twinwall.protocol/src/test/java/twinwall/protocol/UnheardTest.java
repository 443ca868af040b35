/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static twinwall.protocol.TestGroup.DETECTION_MILLIS;
import static twinwall.protocol.TestGroup.HELLO_MILLIS;
import static twinwall.protocol.TestGroup.USUAL;
import static twinwall.protocol.TestGroup.inSync;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import twinwall.group.Role;

/** All links are dead in one direction: one firewall hears the other and is not heard. */
class UnheardTest {

    private final TestGroup group = inSync(USUAL.links(2));

    @Test
    void anActiveFirewallThatIsNotHeardYieldsToThePeerThatTookOver() {
        deaf(1, true);
        group.until("fw-b takes over", () -> group.b.member.role() == Role.ACTIVE);
        group.run(2 * HELLO_MILLIS);
        assertThat(group.a.member.role()).as("although it wins by priority").isEqualTo(Role.STANDBY);
        assertThat(group.a.roles).last().isEqualTo("standby: peer fw-b is active and does not hear this firewall");
        group.run(10 * DETECTION_MILLIS);
        assertThat(group.a.member.role()).isEqualTo(Role.STANDBY);
        assertThat(group.b.member.role()).isEqualTo(Role.ACTIVE);
    }

    @Test
    void onceHeardAgainItStaysStandbyAndTakesThePeersEntries() {
        deaf(1, true);
        group.until("fw-b takes over", () -> group.b.member.role() == Role.ACTIVE);
        group.b.table("sessions").set("k1", "v");
        group.run(1000);
        deaf(1, false);
        group.untilQuiet();
        assertThat(group.a.member.role()).isEqualTo(Role.STANDBY);
        assertThat(group.a.table("sessions").content).containsEntry("k1", "v");
        assertThat(group.b.roles).hasSize(2);
    }

    @Test
    void whenThePeerThatTookOverDiesTheOneThatWasNotHeardIsActiveAgain() {
        deaf(1, true);
        group.until("fw-a yields", () -> group.a.member.role() == Role.STANDBY);
        group.kill(group.b);
        group.run(DETECTION_MILLIS + HELLO_MILLIS);
        assertThat(group.a.member.role()).isEqualTo(Role.ACTIVE);
    }

    @Test
    void aStandbyThatIsNotHeardStaysStandby() {
        deaf(0, true);
        group.run(10 * DETECTION_MILLIS);
        assertThat(group.a.member.role()).isEqualTo(Role.ACTIVE);
        assertThat(group.b.member.role()).isEqualTo(Role.STANDBY);
        assertThat(group.b.losses).isEmpty();
        assertThat(group.a.member.peer(group.now).role()).as("not heard").isNull();
    }

    @ParameterizedTest
    @ValueSource(ints = {350, 500, 1000, 5000})
    void hellosThatWaitedWhileBothDirectionsWereCutMakeNobodyYieldWrongly(int millis) {
        group.links.forEach(link -> link.stalled = true);
        group.run(millis);
        group.links.forEach(link -> link.stalled = false);
        group.run(1000);
        assertThat(group.a.roles).as("it wins, and both are heard").hasSize(1);
        assertThat(group.b.member.role()).isEqualTo(Role.STANDBY);
    }

    @Test
    void linksThatAreDeadInOppositeDirectionsKeepBothHeardAndCarryNoData() {
        group.links.get(0).deaf[0] = true;
        group.links.get(1).deaf[1] = true;
        group.a.table("sessions").set("k1", "v");
        group.run(10 * DETECTION_MILLIS);
        assertThat(group.a.roles).hasSize(1);
        assertThat(group.b.roles).hasSize(1);
        assertThat(group.a.member.whyNoData(group.now)).isEqualTo("no link to the peer");
        assertThat(group.b.member.whyNoData(group.now)).isEqualTo("no link to the peer");
        group.links.forEach(link -> link.deaf = new boolean[2]);
        group.untilQuiet();
        assertThat(group.b.table("sessions").restored).containsExactly("k1=v");
    }

    private void deaf(int firewall, boolean on) {
        group.links.forEach(link -> link.deaf[firewall] = on);
    }
}
