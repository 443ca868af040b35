/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.protocol;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static twinwall.protocol.TestGroup.USUAL;
import static twinwall.protocol.TestGroup.inSync;
import static twinwall.protocol.TestGroup.spec;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import twinwall.group.Role;

/** One firewall's side of the group: what an operator sees and commands. */
class MemberTest {

    @Test
    void quickBackupIsSwitchedOnBothFirewalls() {
        TestGroup group = inSync(USUAL);
        group.a.member.quickBackup(true);
        group.run(5);
        assertThat(group.b.member.quick()).isTrue();
        assertThat(group.a.table("sessions").snapshotsWanted).as("entries that were not due may be due now").isEqualTo(2);
        group.b.member.quickBackup(false);
        group.run(5);
        assertThat(group.a.member.quick()).isFalse();
    }

    @Test
    void theStandbySaysWhyItIsNotReady() {
        TestGroup group = new TestGroup(USUAL);
        assertThat(group.b.member.notReady()).containsExactly("The role is not yet known: waiting for fw-a.");
        group.b.table("sessions").paused = true;
        group.until("standby", () -> group.b.member.role() == Role.STANDBY);
        group.run(50);
        assertThat(group.b.member.notReady()).containsExactly("Table 'sessions' is still being copied from fw-a.");
        assertThat(group.a.member.notReady()).as("the active one has its own").isEmpty();
        group.b.table("blacklist").handlerGoes();
        assertThat(group.b.member.notReady()).contains("Table 'blacklist' has no handler here.");
        group.links.get(0).down();
        assertThat(group.b.member.notReady()).contains("No heartbeat link to fw-a.");
    }

    @Test
    void theStandbyIsNotReadyForATableThatItsPeerHasAndDoesNotOffer() {
        TestGroup group = new TestGroup(USUAL);
        group.tap = (end, frame) -> {
            if (end.owner == group.a && Frames.type(frame) == FrameType.OFFER && new String(frame, ISO_8859_1).contains("sessions")) {
                frame[0] = (byte) 0xff;
            }
        };
        group.a.table("sessions").set("k1", "v1");
        group.until("standby", () -> group.b.member.role() == Role.STANDBY);
        group.run(500);
        assertThat(group.b.state("sessions").notOffered()).isTrue();
        assertThat(group.b.state("blacklist").complete()).isTrue();
        assertThat(group.b.member.notReady())
                .containsExactly("Peer fw-a has not said yet that this firewall has all of its tables.");
    }

    @Test
    void aTableThatOnlyTheStandbyHasDoesNotKeepItFromBeingReady() {
        TestGroup group = inSync(USUAL);
        group.b.add(spec("napt"));
        group.run(50);
        assertThat(group.b.member.notReady()).isEmpty();
        assertThat(group.b.state("napt").notOffered()).isTrue();
    }

    @Test
    void thePeerIsToldAsItLastWas() {
        TestGroup group = new TestGroup(USUAL);
        assertThat(group.a.member.peer(group.now)).isEqualTo(new PeerState(null, false, -1, -1));
        group.untilQuiet();
        group.run(150);
        PeerState peer = group.a.member.peer(group.now);
        assertThat(peer.role()).isEqualTo(Role.STANDBY);
        assertThat(peer.ready()).isTrue();
        assertThat(peer.priority()).isEqualTo(45_000);
        assertThat(peer.heardMillis()).isBetween(0L, TestGroup.HELLO_MILLIS + 1);
        assertThat(group.b.member.peerDelivered()).isTrue();
        group.kill(group.b);
        group.run(500);
        assertThat(group.a.member.peer(group.now).role()).as("down").isNull();
    }

    @Test
    void hellosGoOnEveryIntervalOnEveryLink() {
        TestGroup group = inSync(USUAL.links(2));
        List<Integer> hellos = new ArrayList<>();
        group.tap = (end, frame) -> {
            if (end.owner == group.a && Frames.type(frame) == FrameType.HELLO) {
                hellos.add(end.link.order);
            }
        };
        group.run(10 * TestGroup.HELLO_MILLIS);
        assertThat(hellos).filteredOn(link -> link == 0).hasSize(10);
        assertThat(hellos).filteredOn(link -> link == 1).hasSize(10);
    }

    @Test
    void aFastProfileDoesNotTakeAPausedPeerForDeadBeforeItsTime() {
        TestGroup group = inSync(USUAL);
        group.links.get(0).stalled = true;
        group.run(TestGroup.DETECTION_MILLIS - TestGroup.HELLO_MILLIS - 20);
        group.links.get(0).stalled = false;
        group.run(1000);
        assertThat(group.b.roles).hasSize(1);
        assertThat(group.b.losses).isEmpty();
    }

    @Test
    void bothFirewallsMayStartInEitherOrderWithTheirTablesLater() {
        TestGroup group = new TestGroup(USUAL.withTables());
        group.run(20);
        group.b.add(spec("sessions"));
        group.run(20);
        group.a.add(spec("sessions")).set("k1", "v1");
        group.untilQuiet();
        assertThat(group.b.table("sessions").content).containsEntry("k1", "v1");
    }

    @Test
    void moreTablesThanTheLimitAreRefused() {
        TestGroup group = new TestGroup(USUAL.withTables());
        for (int i = 0; i < Limits.TABLES; i++) {
            group.a.add(spec("table-" + i));
        }
        assertThatIllegalStateException().isThrownBy(() -> group.a.add(spec("one-more"))).withMessage("more than 256 tables");
    }

    @Test
    void asManyTablesAsTheLimitAllowsAreCopied() {
        TestGroup group = new TestGroup(USUAL.withTables());
        for (int i = 0; i < Limits.TABLES; i++) {
            group.a.add(spec("table-" + i)).set("k", "v" + i);
            group.b.add(spec("table-" + i));
        }
        group.untilQuiet();
        group.run(300);
        group.assertEqualTables();
        assertThat(group.b.member.role()).isEqualTo(Role.STANDBY);
    }
}
