/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static twinwall.firewall.embedded.Frames.ACK;
import static twinwall.firewall.embedded.TestFirewall.CLIENT;
import static twinwall.firewall.embedded.TestFirewall.SERVER;
import static twinwall.firewall.embedded.TestFirewall.entries;
import static twinwall.firewall.embedded.TestFirewall.syn;
import static twinwall.firewall.embedded.TestFirewall.up;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.OptionalInt;

import org.junit.jupiter.api.Test;
import twinwall.firewall.BlacklistEntry;
import twinwall.firewall.BlacklistEntry.Direction;
import twinwall.firewall.BlacklistEntry.Origin;

class BlacklistTest {

    private final TestFirewall firewall = new TestFirewall("max_blacklist_entries", "3");
    private final Blacklist blacklist = firewall.firewall.blacklist();

    private static InetAddress address(String text) {
        try {
            return InetAddress.getByAddress(Frames.address(text));
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    private void timed(String source, int seconds) {
        blacklist.add(Direction.SOURCE, address(source), 0, 0, Origin.MANUAL, "scan", OptionalInt.of(seconds));
    }

    @Test
    void newAndEstablishedSessionsAreBlocked() {
        firewall.connected();
        blacklist.add(address(CLIENT), "virus");
        assertThat(firewall.inside(up(ACK, 101, 901, 1)).reason()).isEqualTo(DropReason.BLACKLISTED);
        assertThat(firewall.inside(Frames.udp(CLIENT, 1, SERVER, 2, 1)).reason()).isEqualTo(DropReason.BLACKLISTED);
        assertThat(blacklist.remove(address(CLIENT))).isTrue();
        assertThat(blacklist.remove(address(CLIENT))).isFalse();
        assertThat(firewall.inside(up(ACK, 101, 901, 1)).forwarded()).isTrue();
        assertThat(firewall.news()).containsSubsequence("blacklist changed ", "blacklist removed ");
    }

    @Test
    void protocolPortAndDirectionNarrowAnEntry() {
        blacklist.add(Direction.DESTINATION, address(SERVER), 6, 80, Origin.DYNAMIC, "", OptionalInt.empty());
        assertThat(firewall.inside(syn()).reason()).isEqualTo(DropReason.BLACKLISTED);
        assertThat(firewall.inside(Frames.tcp(CLIENT, 1, SERVER, 81, Frames.SYN, 1, 0, 0)).forwarded()).isTrue();
        assertThat(firewall.inside(Frames.udp(CLIENT, 1, SERVER, 80, 1)).forwarded()).isTrue();
    }

    @Test
    void ipv6SourcesAreBlocked() {
        blacklist.add(address("2001:db8::5"), "");
        assertThat(firewall.inside(Frames.udp("2001:db8::5", 1, "2001:db8::9", 2, 1)).reason()).isEqualTo(DropReason.BLACKLISTED);
        assertThat(firewall.inside(Frames.udp("2001:db8::6", 1, "2001:db8::9", 2, 1)).forwarded()).isTrue();
    }

    @Test
    void anEntryEndsWithItsTimeout() {
        firewall.pass(0);
        timed(CLIENT, 5);
        firewall.pass(2);
        BlacklistEntry entry = entries(firewall.firewall.blacklistEntries()).get(0);
        assertThat(entry.remainingSeconds()).isEqualTo(3);
        assertThat(entry.timeoutSeconds()).contains(5);
        assertThat(firewall.inside(syn()).reason()).isEqualTo(DropReason.BLACKLISTED);
        firewall.pass(3.2);
        assertThat(firewall.inside(syn()).forwarded()).isTrue();
        assertThat(firewall.news()).startsWith("blacklist changed ", "blacklist removed ");
        assertThat(firewall.firewall.blacklistEntries().size()).isZero();
    }

    @Test
    void aRestoredEntryKeepsItsRemainingTimeAndTheStandbyRemovesNothing() {
        firewall.pass(0);
        timed(CLIENT, 100);
        firewall.pass(40);
        TestFirewall standby = new TestFirewall("forwarding", "false");
        standby.pass(0);
        firewall.copyTo(standby);
        standby.pass(59);
        assertThat(entries(standby.firewall.blacklistEntries()).get(0).remainingSeconds()).isEqualTo(1);
        standby.pass(10);
        assertThat(standby.firewall.blacklistEntries().size()).isEqualTo(1);
        standby.firewall.setForwarding(true);
        assertThat(standby.inside(syn()).forwarded()).isTrue();
        standby.pass(1.1);
        assertThat(standby.news()).contains("blacklist removed ");
    }

    @Test
    void anEntryRestoredBeforeAnyTimeIsKnownHoldsFromTheFirstTimeOn() {
        TestFirewall standby = new TestFirewall("forwarding", "false", "clock", "packets");
        standby.firewall.blacklistEntries().restore(new BlacklistEntry(0, Direction.SOURCE, address(CLIENT), 0, 0, Origin.MANUAL, "",
                java.util.Optional.of(60), 30));
        assertThat(entries(standby.firewall.blacklistEntries()).get(0).remainingSeconds()).isEqualTo(30);
        standby.firewall.setForwarding(true);
        assertThat(standby.inside(syn()).reason()).isEqualTo(DropReason.BLACKLISTED);
        standby.now += 31_000_000;
        assertThat(standby.inside(syn()).forwarded()).isTrue();
    }

    @Test
    void aFullListRefusesMoreButReplaces() {
        for (int i = 1; i <= 3; i++) {
            timed("192.0.2." + i, 9);
        }
        timed("192.0.2.3", 20);
        assertThat(firewall.firewall.blacklistEntries().size()).isEqualTo(3);
        assertThatThrownBy(() -> timed("192.0.2.4", 9)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void numbersOutOfRangeAreRefused() {
        assertThatThrownBy(() -> timed(CLIENT, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> blacklist.remove(null)).isInstanceOf(NullPointerException.class);
    }

    @Test
    void thousandsOfEntriesAreFoundAndForgotten() {
        TestFirewall large = new TestFirewall();
        for (int i = 0; i < 5000; i++) {
            large.firewall.blacklist().add(address("172.16." + (i >> 8) + "." + (i & 255)), "");
        }
        assertThat(entries(large.firewall.blacklistEntries())).hasSize(5000);
        assertThat(large.inside(Frames.udp("172.16.19.1", 1, SERVER, 2, 1)).reason()).isEqualTo(DropReason.BLACKLISTED);
        entries(large.firewall.blacklistEntries()).forEach(large.firewall.blacklistEntries()::forget);
        assertThat(large.firewall.blacklistEntries().size()).isZero();
        assertThat(large.inside(Frames.udp("172.16.19.1", 1, SERVER, 2, 1)).forwarded()).isTrue();
    }
}
