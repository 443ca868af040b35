/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static twinwall.firewall.embedded.Frames.SYN;
import static twinwall.firewall.embedded.TestFirewall.CLIENT;
import static twinwall.firewall.embedded.TestFirewall.SERVER;
import static twinwall.firewall.embedded.TestFirewall.entries;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import twinwall.firewall.EntryRefusedException;
import twinwall.firewall.FirewallTable;
import twinwall.firewall.Ip4;
import twinwall.firewall.NoPatMapping;
import twinwall.firewall.embedded.packet.Checksums;
import twinwall.firewall.embedded.packet.Packet;

/** No-PAT: a host has a public address for itself. */
class NoPatTest {

    private static final String POOL = "203.0.113.8/30";
    private static final String OPEN = "allow inside->outside; allow outside->inside tcp port 80; allow outside->inside 47; "
            + "allow outside->inside icmp; allow inside->inside tcp port 80";

    private final TestFirewall firewall = new TestFirewall("nopat_pool", POOL, "rules", OPEN);

    @SuppressWarnings("unchecked")
    private static FirewallTable<NoPatMapping> table(TestFirewall of) {
        return (FirewallTable<NoPatMapping>) of.firewall.tables().get("nat-no-pat");
    }

    /** The public address of a host, which sends a packet for it. */
    private static String publicAddress(TestFirewall of, String host) {
        byte[] packet = Frames.udp(host, 5000, SERVER, 53, 1);
        assertThat(of.inside(packet).reason()).isNull();
        assertThat(Frames.checksumsRight(packet)).isTrue();
        assertThat(Frames.source(packet)).endsWith(":5000");
        return Frames.source(packet).split(":")[0];
    }

    private static Packet passed(Verdict verdict, byte[] frame) {
        assertThat(verdict.reason()).isNull();
        assertThat(Checksums.finish(Checksums.sum(frame, 14, 34))).as("IPv4 header checksum").isZero();
        return Frames.read(frame);
    }

    @Test
    void everyHostHasAnAddressForItselfAndPortsStay() {
        Set<String> all = new HashSet<>();
        for (int i = 1; i <= 4; i++) {
            all.add(publicAddress(firewall, "10.0.0." + i));
            assertThat(publicAddress(firewall, "10.0.0." + i)).isIn(all);
        }
        assertThat(all).hasSize(4);
        assertThat(firewall.inside(Frames.udp("10.0.0.5", 1, SERVER, 53, 1)).reason()).isEqualTo(DropReason.NAT_EXHAUSTED);
        assertThat(table(firewall).size()).isEqualTo(4);
    }

    @ParameterizedTest
    @ValueSource(ints = {47, 50, 132, 33, 136, 2, 89})
    void everyProtocolPassesBothWays(int protocol) {
        byte[] payload = new byte[32];
        payload[0] = 7;
        byte[] out = protocol == 132 ? Frames.sctp(CLIENT, 1, SERVER, 2, 0, 1, 0, 5)
                : Frames.ip(CLIENT, SERVER, protocol, payload.clone(), -1);
        byte[] before = out.clone();
        Packet seen = passed(firewall.inside(out), out);
        assertThat(new Ip4((int) seen.sourceLow).toString()).startsWith("203.0.113.");
        boolean sumCoversAddresses = protocol == 33 || protocol == 136;
        if (!sumCoversAddresses) {
            assertThat(Arrays.copyOfRange(out, 34, out.length)).isEqualTo(Arrays.copyOfRange(before, 34, before.length));
        }
        if (protocol != 132) {
            byte[] back = Frames.ip(SERVER, new Ip4((int) seen.sourceLow).toString(), protocol, payload.clone(), -1);
            assertThat(passed(firewall.outside(back), back).destinationLow).isEqualTo(0x0a000005L);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {33, 136})
    void aChecksumThatCoversTheAddressesStaysRight(int protocol) {
        byte[] payload = new byte[40];
        payload[1] = 9;
        byte[] out = Frames.ip(CLIENT, SERVER, protocol, payload, 6);
        Packet packet = passed(firewall.inside(out), out);
        long sum = Checksums.sum(out, 34, out.length) + Checksums.sum(out, 26, 34) + protocol + 40;
        assertThat(Checksums.finish(sum)).isZero();
        assertThat(packet.protocol).isEqualTo(protocol);
    }

    @Test
    void thePublicAddressLeadsBackWhereTheRulesLetIn() {
        String address = publicAddress(firewall, CLIENT);
        byte[] syn = Frames.tcp(SERVER, 9, address, 80, SYN, 1, 0, 0);
        assertThat(firewall.outside(syn)).isEqualTo(Verdict.forwarded(EmbeddedFirewall.INSIDE));
        assertThat(Frames.destination(syn)).isEqualTo(CLIENT + ":80");
        assertThat(Frames.checksumsRight(syn)).isTrue();
        byte[] echo = Frames.icmp(SERVER, address, 8, 77, 1, new byte[5]);
        passed(firewall.outside(echo), echo);
        byte[] reply = Frames.icmp(CLIENT, SERVER, 0, 77, 1, new byte[5]);
        passed(firewall.inside(reply), reply);
        assertThat(Frames.source(reply)).startsWith(address);
        byte[] gre = Frames.ip("192.0.2.7", address, 47, new byte[20], -1);
        passed(firewall.outside(gre), gre);
        assertThat(firewall.outside(Frames.tcp(SERVER, 9, address, 81, SYN, 1, 0, 0)).reason()).isEqualTo(DropReason.DENIED);
        assertThat(firewall.outside(Frames.udp("192.0.2.7", 9, address, 5000, 1)).reason()).isEqualTo(DropReason.DENIED);
    }

    @Test
    void hostsInsideReachEachOtherByTheirPublicAddressesWhereTheRulesLetThem() {
        String one = publicAddress(firewall, CLIENT);
        String other = publicAddress(firewall, "10.0.0.6");
        byte[] syn = Frames.tcp(CLIENT, 4000, other, 80, SYN, 1, 0, 0);
        assertThat(firewall.inside(syn)).isEqualTo(Verdict.forwarded(EmbeddedFirewall.INSIDE));
        assertThat(Frames.source(syn)).isEqualTo(one + ":4000");
        assertThat(Frames.destination(syn)).isEqualTo("10.0.0.6:80");
    }

    @Test
    void fragmentsOfAnyProtocolAreTranslated() {
        byte[] whole = Frames.ip(CLIENT, SERVER, 47, new byte[64], -1);
        byte[] first = Frames.fragment4(whole, 7, 0, 32, true);
        byte[] second = Frames.fragment4(whole, 7, 32, 64, false);
        Packet one = passed(firewall.inside(first), first);
        Packet two = passed(firewall.inside(second), second);
        assertThat(two.sourceLow).isEqualTo(one.sourceLow).isNotEqualTo(0x0a000005L);
    }

    @Test
    void anIcmpErrorAboutGreIsTranslatedInsideToo() {
        byte[] out = Frames.ip(CLIENT, SERVER, 47, new byte[20], -1);
        byte[] original = out.clone();
        String address = new Ip4((int) passed(firewall.inside(out), out).sourceLow).toString();
        byte[] error = Frames.error("192.0.2.254", address, 3, out, 28);
        assertThat(firewall.outside(error).forwarded()).isTrue();
        assertThat(Frames.checksumsRight(error)).isTrue();
        assertThat(Arrays.copyOfRange(error, 42, 70)).isEqualTo(Arrays.copyOfRange(original, 14, 42));
    }

    @Test
    void anAddressIsKeptForATimeAfterTheLastSessionAndThenServesAnother() {
        TestFirewall single = new TestFirewall("nopat_pool", "203.0.113.8", "nopat_timeout_s", "100");
        publicAddress(single, CLIENT);
        single.pass(60.2);
        single.pass(99);
        assertThat(single.inside(Frames.udp("10.0.0.6", 1, SERVER, 53, 1)).reason()).isEqualTo(DropReason.NAT_EXHAUSTED);
        single.pass(1.2);
        assertThat(publicAddress(single, "10.0.0.6")).isEqualTo("203.0.113.8");
    }

    @Test
    void afterATakeoverEveryHostKeepsItsAddressAndIsReachedByIt() {
        TestFirewall standby = new TestFirewall("nopat_pool", POOL, "rules", OPEN, "forwarding", "false");
        publicAddress(firewall, "10.0.0.6");
        String address = publicAddress(firewall, CLIENT);
        firewall.copyTo(standby);
        standby.takeOverFrom(firewall);
        byte[] syn = Frames.tcp(SERVER, 9, address, 80, SYN, 1, 0, 0);
        assertThat(standby.outside(syn).forwarded()).isTrue();
        assertThat(Frames.destination(syn)).isEqualTo(CLIENT + ":80");
        assertThat(publicAddress(standby, CLIENT)).isEqualTo(address);
    }

    @Test
    void withoutTheTableAHostIsNoMoreReachedAndItsSessionsAreRefused() {
        TestFirewall standby = new TestFirewall("nopat_pool", POOL, "rules", OPEN, "forwarding", "false");
        String address = publicAddress(firewall, CLIENT);
        firewall.copyAllBut(standby, "nat-no-pat");
        standby.takeOverFrom(firewall);
        byte[] syn = Frames.tcp(SERVER, 9, address, 80, SYN, 1, 0, 0);
        standby.outside(syn);
        assertThat(Frames.destination(syn)).isEqualTo(address + ":80");
        assertThat(standby.inside(Frames.udp(CLIENT, 5000, SERVER, 53, 1)).reason()).isEqualTo(DropReason.NO_MAPPING);
        assertThat(publicAddressOfNewSession(standby, "10.0.0.6")).isNotEqualTo(address);
    }

    private static String publicAddressOfNewSession(TestFirewall of, String host) {
        byte[] packet = Frames.udp(host, 6000, "192.0.2.1", 53, 1);
        assertThat(of.inside(packet).reason()).isNull();
        return Frames.source(packet).split(":")[0];
    }

    @Test
    void aMappingFromAnotherPoolIsRefused() {
        assertThatThrownBy(() -> table(firewall).restore(new NoPatMapping(0, new Ip4(1), new Ip4(2), 0, 5)))
                .isInstanceOf(EntryRefusedException.class).hasMessageContaining("nopat_pool");
        assertThatThrownBy(() -> table(firewall).restore(new NoPatMapping(3, new Ip4(1), new Ip4(0xcb007108), 0, 5)))
                .isInstanceOf(EntryRefusedException.class);
        assertThat(entries(table(firewall))).isEmpty();
    }
}
