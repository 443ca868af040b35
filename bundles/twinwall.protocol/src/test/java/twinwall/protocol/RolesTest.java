/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static twinwall.group.Role.ACTIVE;
import static twinwall.group.Role.INITIALIZING;
import static twinwall.group.Role.LOAD_BALANCING;
import static twinwall.group.Role.STANDBY;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import twinwall.group.Role;

/** Who is active: a table of situations, and those in which time counts. */
class RolesTest {

    private static final long HELLO = 100;
    private static final long DETECTION = 300;
    private static final long START_WAIT = 1000;
    private static final int PRIORITY = 45_000;
    private static final HelloTiming HELLOS = new HelloTiming(new Hellos(HELLO, 3));

    private long now = 10_000;

    /** What a hello of the peer changes at once. The firewall's name sorts first when it is fw-a. */
    @ParameterizedTest(name = "{0} is {1} with {2}, hears {3} with {4}: {5}")
    @CsvSource({
        // name, role, priority, peer's role, peer's priority, then
        "fw-a, INITIALIZING, 45000, INITIALIZING, 45000, ACTIVE",
        "fw-b, INITIALIZING, 45000, INITIALIZING, 45000, INITIALIZING",
        "fw-b, INITIALIZING, 45002, INITIALIZING, 45000, ACTIVE",
        "fw-a, INITIALIZING, 44998, INITIALIZING, 45000, INITIALIZING",
        "fw-a, INITIALIZING, 45000, ACTIVE,       45000, STANDBY",
        "fw-a, INITIALIZING, 50000, ACTIVE,       45000, STANDBY",
        "fw-b, INITIALIZING, 45000, ACTIVE,       45000, STANDBY",
        "fw-a, INITIALIZING, 45000, STANDBY,      45000, INITIALIZING",
        "fw-b, INITIALIZING, 50000, STANDBY,      45000, INITIALIZING",
        "fw-a, STANDBY,      45000, ACTIVE,       45000, STANDBY",
        "fw-a, STANDBY,      50000, ACTIVE,       45000, STANDBY",
        "fw-b, STANDBY,      45000, INITIALIZING, 45000, ACTIVE",
        "fw-b, STANDBY,      40000, INITIALIZING, 45000, ACTIVE",
        "fw-a, STANDBY,      45000, STANDBY,      45000, STANDBY",
        "fw-a, ACTIVE,       45000, STANDBY,      45000, ACTIVE",
        "fw-b, ACTIVE,       40000, STANDBY,      45000, ACTIVE",
        "fw-b, ACTIVE,       45000, INITIALIZING, 50000, ACTIVE",
        "fw-a, ACTIVE,       45000, ACTIVE,       45000, ACTIVE",
        "fw-b, ACTIVE,       45000, ACTIVE,       45000, STANDBY",
        "fw-a, ACTIVE,       44998, ACTIVE,       45000, STANDBY",
        "fw-b, ACTIVE,       45002, ACTIVE,       45000, ACTIVE",
        // load balancing
        "fw-a, INITIALIZING, 45000, LOAD_BALANCING, 45000, INITIALIZING",
        "fw-a, STANDBY,      45000, LOAD_BALANCING, 45000, STANDBY",
        "fw-a, ACTIVE,       45000, LOAD_BALANCING, 45000, ACTIVE",
        "fw-a, LOAD_BALANCING, 45000, LOAD_BALANCING, 45000, LOAD_BALANCING",
        "fw-a, LOAD_BALANCING, 45000, STANDBY,      45000, LOAD_BALANCING",
        "fw-a, LOAD_BALANCING, 50000, ACTIVE,       45000, STANDBY",
    })
    void aHelloDecides(String name, Role role, int priority, Role peerRole, int peerPriority, Role then) {
        Roles roles = in(role, name, priority);
        Decision decision = roles.heard(hello(peerRole, peerPriority), now);
        assertThat(roles.role()).isEqualTo(then);
        if (then == role) {
            assertThat(decision).isNull();
        } else {
            assertThat(decision.from()).isEqualTo(role);
            assertThat(decision.to()).isEqualTo(then);
            assertThat(decision.reason()).isNotBlank();
            assertThat(decision.why() == Decision.Why.PEER_LOST).as("the peer is there").isFalse();
        }
    }

    @Test
    void aFirewallThatStandsStillWhileItStartsGoesOnWaitingForItsPeer() {
        Roles roles = new Roles(settings("fw-b", PRIORITY), HELLOS, now);
        roles.listenAnew(now + 200, false);
        assertThat(roles.tick(now + 200 + START_WAIT - 1)).isNull();
        assertThat(roles.tick(now + 200 + START_WAIT).to()).isEqualTo(ACTIVE);
    }

    @Test
    void aFirewallThatStartsAloneWaitsForItsPeerBeforeItBecomesActive() {
        Roles roles = new Roles(settings("fw-a", PRIORITY), HELLOS, now);
        assertThat(roles.tick(now + START_WAIT - 1)).isNull();
        Decision decision = roles.tick(now + START_WAIT);
        assertThat(decision.to()).isEqualTo(ACTIVE);
        assertThat(decision.reason()).isEqualTo("peer fw-b was not heard within 1000 ms");
    }

    @Test
    void theStartWaitIsNeverShorterThanTheDetectionTime() {
        Roles roles = new Roles(new MemberSettings("fw-a", "fw-b", 1, PRIORITY, HELLO, 3, 20, false, 0), HELLOS, now);
        assertThat(roles.tick(now + DETECTION - 1)).isNull();
        assertThat(roles.tick(now + DETECTION).to()).isEqualTo(ACTIVE);
    }

    @Test
    void aSilentPeerIsDownAfterTheDetectionTimeAndNotBefore() {
        Roles roles = in(STANDBY, "fw-b", PRIORITY);
        roles.heard(hello(ACTIVE, PRIORITY), now);
        assertThat(roles.tick(now + DETECTION - 1)).isNull();
        assertThat(roles.peerGone()).isFalse();
        Decision decision = roles.tick(now + DETECTION);
        assertThat(decision.to()).isEqualTo(ACTIVE);
        assertThat(decision.why() == Decision.Why.PEER_LOST).isTrue();
        assertThat(decision.reason()).isEqualTo("peer fw-a missed 3 hellos");
        assertThat(roles.peer()).isNull();
        assertThat(roles.peerGone()).isTrue();
    }

    @Test
    void anActiveFirewallStaysActiveWhenItsPeerIsSilent() {
        Roles roles = in(ACTIVE, "fw-a", PRIORITY);
        roles.heard(hello(STANDBY, PRIORITY), now);
        assertThat(roles.tick(now + DETECTION)).isNull();
        assertThat(roles.role()).isEqualTo(ACTIVE);
        assertThat(roles.peer()).isNull();
    }

    @Test
    void aPeerThatSaysGoodbyeIsReplacedAtOnce() {
        Roles roles = in(STANDBY, "fw-b", PRIORITY);
        Decision decision = roles.left("shutdown");
        assertThat(decision.to()).isEqualTo(ACTIVE);
        assertThat(decision.why() == Decision.Why.PEER_LOST).isTrue();
        assertThat(decision.reason()).isEqualTo("peer fw-a stops: shutdown");
    }

    @Test
    void whenTheActivePeerHasRestartedTheStandbyTakesOverAtOnce() {
        Roles roles = in(STANDBY, "fw-b", PRIORITY);
        Decision decision = roles.restarted(now);
        assertThat(decision.to()).isEqualTo(ACTIVE);
        assertThat(decision.why() == Decision.Why.PEER_LOST).isTrue();
    }

    @Test
    void whenTheStandbyHasRestartedTheActiveFirewallStaysActive() {
        Roles roles = in(ACTIVE, "fw-a", PRIORITY);
        assertThat(roles.restarted(now)).isNull();
        assertThat(roles.role()).isEqualTo(ACTIVE);
    }

    @Test
    void whenBothStandByForTwoHellosTheRuleDecidesWhoIsActive() {
        Roles first = in(STANDBY, "fw-a", PRIORITY);
        Roles second = in(STANDBY, "fw-b", PRIORITY);
        for (long later = 0; later < 2 * HELLO; later += HELLO / 2) {
            assertThat(first.heard(hello(STANDBY, PRIORITY), now + later)).as("hellos may cross").isNull();
            assertThat(second.heard(hello(STANDBY, PRIORITY), now + later)).isNull();
        }
        assertThat(first.heard(hello(STANDBY, PRIORITY), now + 2 * HELLO).to()).isEqualTo(ACTIVE);
        assertThat(second.heard(hello(STANDBY, PRIORITY), now + 2 * HELLO)).isNull();
    }

    @Test
    void aHelloOfAnActivePeerBeginsThatWaitAnew() {
        Roles roles = in(STANDBY, "fw-a", PRIORITY);
        roles.heard(hello(STANDBY, PRIORITY), now);
        roles.heard(hello(ACTIVE, PRIORITY), now + HELLO);
        assertThat(roles.heard(hello(STANDBY, PRIORITY), now + 2 * HELLO)).isNull();
        assertThat(roles.heard(hello(STANDBY, PRIORITY), now + 4 * HELLO).to()).isEqualTo(ACTIVE);
    }

    @Test
    void whoHandsOverForwardsNothingButCountsAsActiveUntilThePeerIsToldToTakeOver() {
        Roles roles = in(ACTIVE, "fw-a", PRIORITY);
        roles.heard(hello(STANDBY, PRIORITY), now);
        assertThat(roles.handOver(STANDBY, "").to()).isEqualTo(STANDBY);
        assertThat(roles.announced()).isEqualTo(ACTIVE);
        assertThat(roles.heard(hello(STANDBY, PRIORITY), now)).isNull();
        roles.grant(Cause.COMMAND);
        assertThat(roles.announced()).isEqualTo(STANDBY);
    }

    @Test
    void whoHandsOverDecidesNothingElseMeanwhile() {
        Roles roles = in(ACTIVE, "fw-a", PRIORITY);
        roles.heard(hello(STANDBY, PRIORITY), now);
        roles.handOver(STANDBY, "");
        assertThat(roles.tick(now + 10 * DETECTION)).isNull();
        assertThat(roles.heard(hello(INITIALIZING, PRIORITY), now)).isNull();
    }

    @Test
    void aHandOverThatIsGivenUpMakesItActiveAgain() {
        Roles roles = in(ACTIVE, "fw-a", PRIORITY);
        roles.handOver(STANDBY, "");
        assertThat(roles.takeBack("given up", false).to()).isEqualTo(ACTIVE);
        roles.handOver(STANDBY, "");
        roles.handedOver();
        assertThat(roles.role()).isEqualTo(STANDBY);
    }

    @Test
    void failedItemsDoNotCountWhereNobodyIsActiveYet() {
        // Each may know only later what has failed at the other: both would become active.
        PeerHello failing = new PeerHello(0, INITIALIZING, 0, null, 0, PRIORITY, 2, true, true, false, true);
        Roles second = in(INITIALIZING, "fw-b", PRIORITY);
        assertThat(second.heard(failing, now)).as("fw-a becomes active").isNull();
        Roles first = in(INITIALIZING, "fw-a", PRIORITY);
        first.failedItems(2);
        assertThat(first.heard(hello(INITIALIZING, PRIORITY), now).to()).isEqualTo(ACTIVE);
    }

    @Test
    void onlyAnOpenGrantMakesAStandbyTakeWhatAPeerHas() {
        for (Role peer : List.of(STANDBY, LOAD_BALANCING)) {
            Roles roles = in(STANDBY, "fw-b", PRIORITY);
            assertThat(roles.heard(granting(peer, 1, 0, null), now)).as("nothing granted").isNull();
            Decision decision = roles.heard(granting(peer, 2, 1, Cause.COMMAND), now);
            assertThat(decision.to()).isEqualTo(peer == STANDBY ? ACTIVE : LOAD_BALANCING);
            assertThat(decision.why()).isEqualTo(Decision.Why.GRANTED);
        }
    }

    @Test
    void aGrantIsTakenOnceOnlyHoweverOftenAndLateItIsHeard() {
        Roles roles = in(STANDBY, "fw-b", PRIORITY);
        roles.heard(granting(STANDBY, 2, 1, Cause.COMMAND), now);
        roles.handOver(STANDBY, "back again");
        roles.grant(Cause.COMMAND);
        roles.handedOver();
        assertThat(roles.heard(granting(STANDBY, 2, 1, Cause.COMMAND), now)).as("said again").isNull();
        assertThat(roles.heard(granting(STANDBY, 3, 1, Cause.COMMAND), now)).as("said anew, the same grant").isNull();
        assertThat(roles.role()).isEqualTo(STANDBY);
    }

    @Test
    void aGrantFromBeforeAStandstillCountsOnlyWhenItIsSaidAnew() {
        Roles roles = in(STANDBY, "fw-b", PRIORITY);
        roles.listenAnew(now, true);
        PeerHello before = new PeerHello(2, LOAD_BALANCING, 1, Cause.COMMAND, 0, PRIORITY, 0, true, true, false, false);
        assertThat(roles.heard(before, now)).as("it may have been taken back").isNull();
        assertThat(roles.taken()).as("nor does the peer hear that it was taken").isZero();
        assertThat(roles.heard(granting(LOAD_BALANCING, 3, 1, Cause.COMMAND), now).to()).isEqualTo(LOAD_BALANCING);
    }

    @Test
    void whatAPeerSaidEarlierAndComesLateDoesNotCount() {
        Roles roles = in(STANDBY, "fw-b", PRIORITY);
        roles.heard(granting(ACTIVE, 7, 1, null), now);
        assertThat(roles.heard(granting(STANDBY, 6, 1, Cause.COMMAND), now)).isNull();
        assertThat(roles.peer().role()).isEqualTo(ACTIVE);
    }

    @Test
    void aGrantThatWasMadeToTheProcessBeforeIsVoid() {
        Roles roles = new Roles(settings("fw-b", PRIORITY), HELLOS, now);
        assertThat(roles.heard(granting(STANDBY, 5, 1, Cause.COMMAND), now)).isNull();
        roles.heard(granting(ACTIVE, 6, 1, null), now);
        assertThat(roles.role()).isEqualTo(STANDBY);
        assertThat(roles.heard(granting(STANDBY, 7, 1, Cause.COMMAND), now)).isNull();
    }

    @Test
    void whoSharesTakesEverythingWhenThePeerIsSilentLeavesOrRestarts() {
        assertThat(sharing().tick(now + DETECTION).to()).isEqualTo(ACTIVE);
        assertThat(sharing().left("shutdown").to()).isEqualTo(ACTIVE);
        assertThat(sharing().restarted(now).why()).isEqualTo(Decision.Why.PEER_LOST);
    }

    @Test
    void whoSharesTakesEverythingWhenThePeerHasHadNoShareForTwoHellos() {
        Roles roles = sharing();
        roles.heard(granting(STANDBY, 3, 1, null), now);
        assertThat(roles.tick(now + 2 * HELLO - 1)).isNull();
        assertThat(roles.tick(now + 2 * HELLO).to()).isEqualTo(ACTIVE);
    }

    private Roles sharing() {
        Roles roles = in(STANDBY, "fw-b", PRIORITY);
        roles.heard(granting(LOAD_BALANCING, 2, 1, Cause.START), now);
        assertThat(roles.role()).isEqualTo(LOAD_BALANCING);
        return roles;
    }

    private static PeerHello granting(Role role, long version, long grant, Cause cause) {
        return new PeerHello(version, role, grant, cause, 0, PRIORITY, 0, true, true, false, true);
    }

    private Roles in(Role role, String name, int priority) {
        Roles roles = new Roles(settings(name, priority), HELLOS, now);
        if (role == STANDBY) {
            roles.heard(hello(ACTIVE, PRIORITY), now);
        } else if (role == LOAD_BALANCING) {
            roles.left("not there");
            roles.handOver(LOAD_BALANCING, "");
            roles.handedOver();
        } else if (role == ACTIVE) {
            roles.left("not there");
        }
        assertThat(roles.role()).isEqualTo(role);
        return roles;
    }

    private static MemberSettings settings(String name, int priority) {
        return new MemberSettings(name, name.equals("fw-a") ? "fw-b" : "fw-a", 1, priority, HELLO, 3, 20, false, START_WAIT);
    }

    private static PeerHello hello(Role role, int priority) {
        return new PeerHello(0, role, 0, null, 0, priority, 0, true, true, false, true);
    }
}
