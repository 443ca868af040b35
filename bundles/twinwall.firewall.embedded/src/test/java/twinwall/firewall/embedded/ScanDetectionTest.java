/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static twinwall.firewall.embedded.TestFirewall.CLIENT;
import static twinwall.firewall.embedded.TestFirewall.SERVER;
import static twinwall.firewall.embedded.TestFirewall.entries;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;

import org.junit.jupiter.api.Test;
import twinwall.firewall.BlacklistEntry;
import twinwall.firewall.BlacklistEntry.Direction;
import twinwall.firewall.BlacklistEntry.Origin;

class ScanDetectionTest {

    private static final String SCANNER = "192.0.2.66";

    private final TestFirewall firewall = scanned();

    private static TestFirewall scanned(String... more) {
        String[] settings = Arrays.copyOf(new String[] {"scan_ports", "10", "scan_window_s", "5", "scan_block_s", "60"},
                6 + more.length);
        System.arraycopy(more, 0, settings, 6, more.length);
        TestFirewall made = new TestFirewall(settings);
        made.pass(0);
        return made;
    }

    private Verdict syn(String from, int port) {
        return firewall.outside(Frames.tcp(from, 40000, CLIENT, port, Frames.SYN, 1, 0, 0));
    }

    private List<BlacklistEntry> blocked() {
        return entries(firewall.firewall.blacklistEntries());
    }

    @Test
    void theEleventhPortOfTenIsOneTooMany() {
        for (int port = 1; port <= 11; port++) {
            assertThat(syn(SCANNER, port).reason()).isEqualTo(DropReason.DENIED);
        }
        assertThat(syn(SCANNER, 12).reason()).isEqualTo(DropReason.BLACKLISTED);
        assertThat(blocked()).singleElement().satisfies(entry -> {
            assertThat(entry.origin()).isEqualTo(Origin.DYNAMIC);
            assertThat(entry.address().getHostAddress()).isEqualTo(SCANNER);
            assertThat(entry.timeoutSeconds()).contains(60);
        });
        firewall.pass(60.1);
        assertThat(syn(SCANNER, 12).reason()).as("after its time").isEqualTo(DropReason.DENIED);
    }

    @Test
    void oneConnectionAfterAnotherToOnePortIsNoScan() {
        for (int i = 0; i < 1000; i++) {
            firewall.outside(Frames.tcp(SCANNER, 1024 + i, CLIENT, 443, Frames.SYN, 1, 0, 0));
        }
        assertThat(blocked()).isEmpty();
    }

    @Test
    void portsTriedSlowlyAreNoScan() {
        for (int port = 1; port <= 100; port++) {
            syn(SCANNER, port);
            firewall.pass(0.51);
        }
        assertThat(blocked()).isEmpty();
        for (int port = 101; port <= 111; port++) {
            syn(SCANNER, port);
            firewall.pass(0.49);
        }
        assertThat(blocked()).as("a little faster").hasSize(1);
    }

    @Test
    void segmentsThatOnlyScannersSendCount() {
        int[] flags = {0, Frames.FIN, Frames.FIN | Frames.PSH | 0x20};
        for (int port = 1; port <= 11; port++) {
            assertThat(firewall.outside(Frames.tcp(SCANNER, 40000, CLIENT, port, flags[port % 3], 1, 0, 0)).reason())
                    .isEqualTo(DropReason.TCP_FLAGS);
        }
        assertThat(blocked()).hasSize(1);
    }

    @Test
    void answersOfSessionsThatAreNotKnownAreNoScan() {
        for (int port = 1; port <= 100; port++) {
            firewall.outside(Frames.tcp(SERVER, 443, CLIENT, port, Frames.ACK, 1, 1, 10));
            firewall.outside(Frames.tcp(SERVER, 443, CLIENT, port, Frames.SYN | Frames.ACK, 1, 1, 0));
            firewall.outside(Frames.tcp(SERVER, 443, CLIENT, port, Frames.RST, 1, 1, 0));
            firewall.outside(Frames.udp(SERVER, 53, CLIENT, port, 1));
        }
        assertThat(blocked()).isEmpty();
    }

    @Test
    void datagramsCountOnceAWindowHasPassedSinceTheTakeover() {
        firewall.pass(5.1);
        for (int port = 1; port <= 11; port++) {
            firewall.outside(Frames.udp("2001:db8::66", 53, "2001:db8::1", port, 1));
        }
        assertThat(firewall.outside(Frames.udp("2001:db8::66", 53, "2001:db8::1", 12, 1)).reason()).isEqualTo(DropReason.BLACKLISTED);
    }

    @Test
    void theWhitelistProtectsFromDetection() throws Exception {
        firewall.firewall.whitelist().add(Direction.SOURCE, InetAddress.getByName(SCANNER), 0, 0, "audit", OptionalInt.empty());
        for (int port = 1; port <= 100; port++) {
            assertThat(syn(SCANNER, port).reason()).isEqualTo(DropReason.DENIED);
        }
        assertThat(blocked()).isEmpty();
    }

    @Test
    void aFloodOfForgedSourcesDoesNotHideAScanner() {
        for (int port = 1; port <= 40; port++) {
            syn(SCANNER, port);
            for (int i = 0; i < 500; i++) {
                int forged = port * 500 + i;
                firewall.now++;
                syn("198.18." + (forged >> 8 & 255) + "." + (forged & 255), 80);
            }
        }
        assertThat(blocked()).hasSize(1);
    }

    @Test
    void forgedScannersFillNoMoreThanHalfOfTheList() {
        TestFirewall small = scanned("max_blacklist_entries", "10");
        for (int source = 1; source <= 50; source++) {
            for (int port = 1; port <= 11; port++) {
                small.outside(Frames.tcp("192.0.2." + source, 40000, CLIENT, port, Frames.SYN, 1, 0, 0));
            }
        }
        assertThat(small.firewall.blacklistEntries().size()).isEqualTo(5);
        small.pass(61);
        assertThat(small.firewall.blacklistEntries().size()).isZero();
    }

    @Test
    void itIsOffUnlessAskedFor() {
        TestFirewall plain = new TestFirewall();
        for (int port = 1; port <= 1000; port++) {
            plain.outside(Frames.tcp(SCANNER, 40000, CLIENT, port, Frames.SYN, 1, 0, 0));
        }
        assertThat(plain.firewall.blacklistEntries().size()).isZero();
    }
}
