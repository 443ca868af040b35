/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static twinwall.firewall.embedded.TestFirewall.CLIENT;
import static twinwall.firewall.embedded.TestFirewall.SERVER;
import static twinwall.firewall.embedded.TestFirewall.entries;
import static twinwall.firewall.embedded.TestFirewall.syn;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.OptionalInt;

import org.junit.jupiter.api.Test;
import twinwall.firewall.BlacklistEntry.Direction;
import twinwall.firewall.EntryRefusedException;
import twinwall.firewall.FirewallTable;
import twinwall.firewall.WhitelistEntry;

class WhitelistTest {

    private final TestFirewall firewall = new TestFirewall("max_whitelist_entries", "2");

    @SuppressWarnings("unchecked")
    private static FirewallTable<WhitelistEntry> table(TestFirewall of) {
        return (FirewallTable<WhitelistEntry>) of.firewall.tables().get("whitelist");
    }

    private static InetAddress address(String text) {
        try {
            return InetAddress.getByAddress(Frames.address(text));
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    private static void pass(TestFirewall on, Direction direction, String address, int protocol, int port, int seconds) {
        on.firewall.whitelist().add(direction, address(address), protocol, port, "", OptionalInt.of(seconds));
    }

    @Test
    void whatIsOnBothListsPasses() {
        firewall.firewall.blacklist().add(address(CLIENT), "virus");
        pass(firewall, Direction.SOURCE, CLIENT, 0, 0, 60);
        assertThat(firewall.inside(syn()).forwarded()).isTrue();
        assertThat(firewall.firewall.whitelist().remove(Direction.SOURCE, address(CLIENT), 0, 0)).isTrue();
        assertThat(firewall.inside(syn()).reason()).isEqualTo(DropReason.BLACKLISTED);
    }

    @Test
    void aFullTableTakesThePeersEntriesBeforeItsOwnAreRemoved() {
        TestFirewall peer = new TestFirewall("max_whitelist_entries", "2");
        for (int i = 1; i <= 2; i++) {
            pass(firewall, Direction.SOURCE, "10.0.0." + i, 0, 0, 60);
            pass(peer, Direction.SOURCE, "10.0.1." + i, 0, 0, 60);
        }
        firewall.copyTo(peer);
        assertThat(table(peer).size()).isEqualTo(4);
        assertThatThrownBy(() -> pass(peer, Direction.SOURCE, "10.0.2.1", 0, 0, 60)).hasMessageContaining("full");
        firewall.firewall.whitelist().remove(Direction.SOURCE, address("10.0.0.1"), 0, 0);
        pass(firewall, Direction.SOURCE, "10.0.2.1", 0, 0, 60);
        assertThatThrownBy(() -> firewall.copyTo(peer)).as("within a limit").hasMessageContaining("full");
    }

    @Test
    void itIsNoRule() {
        pass(firewall, Direction.SOURCE, SERVER, 0, 0, 60);
        assertThat(firewall.outside(Frames.udp(SERVER, 1, CLIENT, 2, 1)).reason()).isEqualTo(DropReason.DENIED);
    }

    @Test
    void directionProtocolAndPortNarrowAnEntry() {
        firewall.firewall.blacklist().add(address("2001:db8::5"), "");
        pass(firewall, Direction.DESTINATION, "2001:db8::9", 17, 53, 60);
        assertThat(firewall.inside(Frames.udp("2001:db8::5", 1, "2001:db8::9", 53, 1)).forwarded()).isTrue();
        assertThat(firewall.inside(Frames.udp("2001:db8::5", 1, "2001:db8::9", 54, 1)).reason()).isEqualTo(DropReason.BLACKLISTED);
        assertThat(firewall.inside(Frames.tcp("2001:db8::5", 1, "2001:db8::9", 53, Frames.SYN, 1, 0, 0)).reason())
                .isEqualTo(DropReason.BLACKLISTED);
    }

    @Test
    void anEntryWithAPortIsAboutTheLaterFragmentsToo() {
        firewall.firewall.blacklist().add(address(CLIENT), "virus");
        pass(firewall, Direction.DESTINATION, SERVER, 17, 53, 60);
        byte[] whole = Frames.udp(CLIENT, 1, SERVER, 53, 2000);
        assertThat(firewall.inside(Frames.fragment4(whole, 7, 0, 1480, true)).forwarded()).isTrue();
        assertThat(firewall.inside(Frames.fragment4(whole, 7, 1480, 2008, false)).forwarded()).isTrue();
        byte[] other = Frames.udp(CLIENT, 1, SERVER, 54, 2000);
        assertThat(firewall.inside(Frames.fragment4(other, 8, 0, 1480, true)).reason()).isEqualTo(DropReason.BLACKLISTED);
        assertThat(firewall.inside(Frames.fragment4(other, 8, 1480, 2008, false)).reason())
                .isEqualTo(DropReason.FRAGMENT_WITHOUT_FIRST);
    }

    @Test
    void anEntryEndsWithItsTimeout() {
        firewall.pass(0);
        firewall.firewall.blacklist().add(address(CLIENT), "virus");
        pass(firewall, Direction.SOURCE, CLIENT, 0, 0, 5);
        firewall.pass(4.9);
        assertThat(firewall.inside(syn()).forwarded()).isTrue();
        firewall.pass(0.2);
        assertThat(firewall.inside(syn()).reason()).isEqualTo(DropReason.BLACKLISTED);
        firewall.pass(1);
        assertThat(table(firewall).size()).isZero();
    }

    @Test
    void aFullListAndNumbersOutOfRangeAreRefused() {
        pass(firewall, Direction.SOURCE, "192.0.2.1", 0, 0, 5);
        pass(firewall, Direction.SOURCE, "192.0.2.2", 0, 0, 5);
        pass(firewall, Direction.SOURCE, "192.0.2.2", 0, 0, 9);
        assertThatThrownBy(() -> pass(firewall, Direction.SOURCE, "192.0.2.3", 0, 0, 5)).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("whitelist is full");
        assertThatThrownBy(() -> pass(firewall, Direction.SOURCE, "192.0.2.3", 256, 0, 5)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> pass(firewall, Direction.SOURCE, "192.0.2.3", 0, 65536, 5)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anEntryOfAnotherVirtualSystemIsRefused() {
        WhitelistEntry foreign = new WhitelistEntry(1, Direction.SOURCE, address(CLIENT), 0, 0, "", Optional.empty(), 0);
        assertThatThrownBy(() -> table(firewall).restore(foreign)).isInstanceOf(EntryRefusedException.class);
        assertThat(table(firewall).size()).isZero();
    }

    @Test
    void afterATakeoverItPassesForTheTimeThatWasLeft() {
        TestFirewall standby = active();
        standby.pass(29);
        assertThat(entries(table(standby)).get(0).remainingSeconds()).isEqualTo(31);
        standby.firewall.setForwarding(true);
        assertThat(standby.inside(syn()).forwarded()).isTrue();
        standby.pass(31.1);
        assertThat(standby.inside(syn()).reason()).isEqualTo(DropReason.BLACKLISTED);
    }

    @Test
    void afterATakeoverWithoutTheTableItIsBlocked() {
        TestFirewall standby = active("whitelist");
        standby.firewall.setForwarding(true);
        assertThat(standby.inside(syn()).reason()).isEqualTo(DropReason.BLACKLISTED);
    }

    @Test
    void afterATakeoverWithoutTheBlacklistTheBlockedPass() {
        TestFirewall standby = active("whitelist", "blacklist");
        standby.firewall.setForwarding(true);
        assertThat(standby.inside(syn()).forwarded()).isTrue();
    }

    /** The standby of a firewall that has had a client on both lists for 40 of 100 seconds; these tables are not copied to it. */
    private TestFirewall active(String... without) {
        firewall.pass(0);
        firewall.firewall.blacklist().add(address(CLIENT), "virus");
        pass(firewall, Direction.SOURCE, CLIENT, 0, 0, 100);
        firewall.pass(40);
        TestFirewall standby = new TestFirewall("forwarding", "false");
        standby.now = firewall.now;
        standby.pass(0);
        firewall.copyAllBut(standby, without);
        return standby;
    }
}
