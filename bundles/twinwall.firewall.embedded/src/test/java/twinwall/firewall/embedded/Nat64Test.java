/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static twinwall.firewall.embedded.EmbeddedFirewall.INSIDE;
import static twinwall.firewall.embedded.EmbeddedFirewall.OUTSIDE;
import static twinwall.firewall.embedded.Frames.ACK;
import static twinwall.firewall.embedded.Frames.SYN;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;

import org.junit.jupiter.api.Test;
import twinwall.firewall.BlacklistEntry.Direction;
import twinwall.firewall.BlacklistEntry.Origin;
import twinwall.firewall.embedded.TestFirewall.Passage;
import twinwall.firewall.embedded.packet.Packet;

/** RFC 6146, with the addresses of its section 1.2.2 under a prefix of the network's own: documentation addresses are not global. */
class Nat64Test {

    static final String[] SETTINGS = {"nat64_prefix", "2001:db8:64::/96", "nat64_pool", "203.0.113.1"};
    static final String H1 = "2001:db8::1";
    static final String OTHER = "2001:db8::2";
    static final String H2 = "192.0.2.1";
    static final String H2_IN_V6 = "2001:db8:64::c000:201";
    static final String T = "203.0.113.1";
    static final String T_IN_V6 = "2001:db8:64::cb00:7101";

    private static final int IP = 14;

    private final TestFirewall firewall = new TestFirewall(SETTINGS);

    /** Sends it from inside and gives the IPv4 frame that comes out. */
    static byte[] up(TestFirewall by, byte[] frame) {
        Passage passage = by.send(INSIDE, frame);
        assertThat(passage.verdict().reason()).isNull();
        assertThat(passage.verdict().egress()).isEqualTo(OUTSIDE);
        assertThat(Frames.read(passage.frame().bytes).v6).isFalse();
        return passage.frame().bytes;
    }

    /** Sends it from outside and gives the IPv6 frame that comes out. */
    static byte[] down(TestFirewall by, byte[] frame) {
        Passage passage = by.send(OUTSIDE, frame);
        assertThat(passage.verdict().reason()).isNull();
        assertThat(passage.verdict().egress()).isEqualTo(INSIDE);
        assertThat(Frames.read(passage.frame().bytes).v6).isTrue();
        return passage.frame().bytes;
    }

    static void from(byte[] frame, String source, int port) {
        Packet packet = Frames.read(frame);
        byte[] address = Frames.address(source);
        assertThat(Arrays.copyOfRange(frame, IP + (packet.v6 ? 8 : 12), IP + (packet.v6 ? 24 : 16))).isEqualTo(address);
        assertThat(packet.sourcePort()).isEqualTo(port);
    }

    static void to(byte[] frame, String destination, int port) {
        Packet packet = Frames.read(frame);
        byte[] address = Frames.address(destination);
        assertThat(Arrays.copyOfRange(frame, IP + (packet.v6 ? 24 : 16), IP + (packet.v6 ? 40 : 20))).isEqualTo(address);
        assertThat(packet.destinationPort()).isEqualTo(port);
    }

    @Test
    void theWalkThroughOfTheRfc() {
        byte[] syn = up(firewall, Frames.tcp(H1, 1500, H2_IN_V6, 80, SYN, 100, 0, 0));
        from(syn, T, 1500);
        to(syn, H2, 80);
        assertThat(Frames.checksumsRight(syn)).isTrue();
        byte[] answer = down(firewall, Frames.tcp(H2, 80, T, 1500, SYN | ACK, 900, 101, 0));
        from(answer, H2_IN_V6, 80);
        to(answer, H1, 1500);
        assertThat(Frames.checksumsRight(answer)).isTrue();
        to(up(firewall, Frames.tcp(H1, 1500, H2_IN_V6, 80, ACK, 101, 901, 0)), H2, 80);
        assertThat(firewall.news()).containsExactly("v6 changed NEW", "v6 changed ANSWERED", "v6 changed ESTABLISHED");
    }

    @Test
    void hostsOnTheBlacklistAreNotReachedUnderThePrefixEither() throws UnknownHostException {
        InetAddress host = InetAddress.getByAddress(Frames.address(H2));
        firewall.firewall.blacklist().add(Direction.DESTINATION, host, 1, 0, Origin.MANUAL, "", OptionalInt.empty());
        assertThat(firewall.inside(Frames.ip(H1, H2_IN_V6, 58, new byte[] {(byte) 128, 0, 0, 0, 0, 1, 0, 1}, 2)).reason())
                .isEqualTo(DropReason.BLACKLISTED);
        up(firewall, Frames.udp(H1, 1500, H2_IN_V6, 53, 9));
        firewall.firewall.blacklist().add(Direction.DESTINATION, host, 17, 53, Origin.MANUAL, "", OptionalInt.empty());
        assertThat(firewall.inside(Frames.udp(H1, 1500, H2_IN_V6, 53, 9)).reason()).isEqualTo(DropReason.BLACKLISTED);
        up(firewall, Frames.udp(H1, 1500, H2_IN_V6, 54, 9));
        firewall.firewall.whitelist().add(Direction.DESTINATION, host, 17, 53, "", OptionalInt.empty());
        up(firewall, Frames.udp(H1, 1500, H2_IN_V6, 53, 9));
    }

    @Test
    void aClientThatScansThePublicAddressDoesNotGetItBlocked() {
        TestFirewall scanned = new TestFirewall("nat64_prefix", SETTINGS[1], "nat64_pool", T, "scan_ports", "3");
        scanned.pass(0);
        for (int port = 2001; port < 2010; port++) {
            assertThat(scanned.inside(Frames.tcp(H1, 1500, T_IN_V6, port, SYN, 1, 0, 0)).forwarded()).isFalse();
        }
        assertThat(TestFirewall.entries(scanned.firewall.blacklistEntries())).isEmpty();
    }

    @Test
    void aSecondClientWithTheSamePortGetsAnother() {
        up(firewall, Frames.udp(H1, 1500, H2_IN_V6, 53, 9));
        byte[] second = up(firewall, Frames.udp(OTHER, 1500, H2_IN_V6, 53, 9));
        int port = Frames.read(second).sourcePort();
        assertThat(port).isNotEqualTo(1500).isGreaterThan(1023);
        assertThat(port % 2).as("parity is kept").isZero();
        to(down(firewall, Frames.udp(H2, 53, T, port, 9)), OTHER, 1500);
    }

    @Test
    void theBindingIsTheSameWhoeverTheClientTalksTo() {
        up(firewall, Frames.udp(OTHER, 1500, H2_IN_V6, 53, 9));
        int port = Frames.read(up(firewall, Frames.udp(H1, 1500, H2_IN_V6, 53, 9))).sourcePort();
        from(up(firewall, Frames.udp(H1, 1500, "2001:db8:64::c633:6409", 4444, 9)), T, port);
        assertThat(firewall.firewall.tables().get("nat64").size()).isEqualTo(2);
    }

    @Test
    void echoWorksBothWays() {
        byte[] echo = up(firewall, Frames.icmp(H1, H2_IN_V6, 128, 77, 1, new byte[20]));
        assertThat(Frames.read(echo).icmpType).isEqualTo(8);
        assertThat(Frames.checksumsRight(echo)).isTrue();
        byte[] reply = down(firewall, Frames.icmp(H2, T, 0, Frames.read(echo).sourcePort(), 1, new byte[20]));
        to(reply, H1, 77);
        assertThat(Frames.checksumsRight(reply)).isTrue();
    }

    @Test
    void anyHostReachesABoundEndpointUnlessFilteringSaysOtherwise() {
        up(firewall, Frames.udp(H1, 1500, H2_IN_V6, 53, 9));
        byte[] in = down(firewall, Frames.udp("198.51.100.9", 7, T, 1500, 9));
        from(in, "2001:db8:64::c633:6409", 7);
        to(in, H1, 1500);
        assertThat(Frames.checksumsRight(in)).isTrue();
        byte[] back = up(firewall, Frames.udp(H1, 1500, "2001:db8:64::c633:6409", 7, 9));
        from(back, T, 1500);
        to(back, "198.51.100.9", 7);

        TestFirewall strict = new TestFirewall("nat64_prefix", "2001:db8:64::/96", "nat64_pool", T, "nat64_filtering", "address-dependent");
        up(strict, Frames.udp(H1, 1500, H2_IN_V6, 53, 9));
        assertThat(strict.outside(Frames.udp("198.51.100.9", 7, T, 1500, 9)).reason()).isEqualTo(DropReason.DENIED);
        to(down(strict, Frames.udp(H2, 7777, T, 1500, 9)), H1, 1500);
        strict.pass(200);
        assertThat(strict.outside(Frames.udp(H2, 53, T, 1500, 9)).reason()).as("its session is over").isEqualTo(DropReason.DENIED);
    }

    @Test
    void aTcpConnectionFromIpv4ToABoundEndpointIsTracked() {
        up(firewall, Frames.tcp(H1, 1500, H2_IN_V6, 80, SYN, 100, 0, 0));
        to(down(firewall, Frames.tcp("198.51.100.9", 7, T, 1500, SYN, 5, 0, 0)), H1, 1500);
        to(up(firewall, Frames.tcp(H1, 1500, "2001:db8:64::c633:6409", 7, SYN | ACK, 50, 6, 0)), "198.51.100.9", 7);
        to(down(firewall, Frames.tcp("198.51.100.9", 7, T, 1500, ACK, 6, 51, 0)), H1, 1500);
        assertThat(firewall.news()).contains("v4 changed ESTABLISHED");
    }

    @Test
    void twoClientsReachEachOtherByTheirPublicEndpoints() {
        up(firewall, Frames.udp(H1, 1500, H2_IN_V6, 53, 9));
        up(firewall, Frames.udp(OTHER, 2000, H2_IN_V6, 53, 9));
        Passage there = firewall.send(INSIDE, Frames.udp(H1, 1500, T_IN_V6, 2000, 9));
        assertThat(there.verdict().reason()).isNull();
        assertThat(there.verdict().egress()).isEqualTo(INSIDE);
        from(there.frame().bytes, T_IN_V6, 1500);
        to(there.frame().bytes, OTHER, 2000);
        assertThat(Frames.checksumsRight(there.frame().bytes)).isTrue();
        Passage back = firewall.send(INSIDE, Frames.udp(OTHER, 2000, T_IN_V6, 1500, 9));
        assertThat(back.verdict().egress()).isEqualTo(INSIDE);
        from(back.frame().bytes, T_IN_V6, 2000);
        to(back.frame().bytes, H1, 1500);
    }

    @Test
    void whatLeadsBackToNobodyIsDroppedAndLeftAsItWas() {
        byte[] frame = Frames.udp(H1, 1500, T_IN_V6, 2000, 9);
        Frame packet = new Frame(frame.clone());
        assertThat(firewall.firewall.process(firewall.now, INSIDE, packet).reason()).isEqualTo(DropReason.DENIED);
        assertThat(packet.bytes).isEqualTo(frame);
    }

    @Test
    void errorsFromIpv4AreTranslatedInsideToo() {
        byte[] seen = up(firewall, Frames.udp(H1, 1500, H2_IN_V6, 53, 30));
        byte[] error = down(firewall, Frames.error("198.51.100.77", T, 3, seen, 60));
        from(error, "2001:db8:64::c633:644d", 0);
        assertThat(Frames.read(error).icmpType).isEqualTo(1);
        assertThat(Frames.checksumsRight(error)).isTrue();
        byte[] inside = quoted(error, 48, 0x86dd);
        from(inside, H1, 1500);
        to(inside, H2_IN_V6, 53);
    }

    @Test
    void errorsFromIpv6AreTranslatedInsideTooAndRoutersAppearAsThePublicAddress() {
        up(firewall, Frames.udp(H1, 1500, H2_IN_V6, 53, 30));
        byte[] seen = down(firewall, Frames.udp(H2, 53, T, 1500, 30));
        byte[] error = up(firewall, Frames.error("2001:db8:77::1", H2_IN_V6, 3, seen, 80));
        from(error, T, 0);
        to(error, H2, 0);
        assertThat(Frames.read(error).icmpType).isEqualTo(11);
        byte[] inside = quoted(error, 28, 0x0800);
        from(inside, H2, 53);
        to(inside, T, 1500);
    }

    @Test
    void whatIsTooLargeForTheOtherSideIsAnswered() {
        up(firewall, Frames.udp(H1, 1500, H2_IN_V6, 53, 9));
        byte[] large = Frames.udp(H2, 53, T, 1500, 1500 - 28);
        large[IP + 6] = 0x40;
        Passage answer = firewall.send(OUTSIDE, Frames.headerChecksum(large));
        assertThat(answer.verdict().egress()).isEqualTo(OUTSIDE);
        byte[] tooBig = answer.frame().bytes;
        from(tooBig, T, 0);
        to(tooBig, H2, 0);
        assertThat(tooBig[IP + 20]).isEqualTo((byte) 3);
        assertThat(tooBig[IP + 21]).isEqualTo((byte) 4);
        assertThat(ByteBuffer.wrap(tooBig).getInt(IP + 24)).isEqualTo(1480);
        assertThat(Frames.checksumsRight(tooBig)).isTrue();
    }

    @Test
    void aSpentHopLimitIsAnsweredWithinLimits() {
        byte[] frame = Frames.udp(H1, 1500, H2_IN_V6, 53, 9);
        frame[IP + 7] = 1;
        int answers = 0;
        for (int i = 0; i < 500; i++) {
            Passage passage = firewall.send(INSIDE, frame);
            if (passage.verdict().forwarded()) {
                answers++;
                assertThat(passage.verdict().egress()).isEqualTo(INSIDE);
                to(passage.frame().bytes, H1, 0);
                from(passage.frame().bytes, T_IN_V6, 0);
                assertThat(passage.frame().bytes[IP + 40]).isEqualTo((byte) 3);
                assertThat(Frames.checksumsRight(passage.frame().bytes)).isTrue();
            } else {
                assertThat(passage.verdict().reason()).isEqualTo(DropReason.HOP_LIMIT);
            }
        }
        assertThat(answers).isEqualTo(100);
    }

    @Test
    void fragmentsCrossWithTheFirst() {
        byte[] whole = Frames.udp(H1, 1500, H2_IN_V6, 53, 2000);
        to(up(firewall, Frames.fragment6(whole, 9, 0, 1232, true)), H2, 53);
        byte[] later = up(firewall, Frames.fragment6(whole, 9, 1232, 2008, false));
        assertThat(Frames.read(later).fragmentOffset).isEqualTo(1232);
        assertThat(Frames.read(later).sourceLow).isEqualTo(0xcb007101L);
    }

    @Test
    void underTheWellKnownPrefixOnlyGlobalAddressesAreReached() {
        TestFirewall wellKnown = new TestFirewall("nat64_pool", T);
        assertThat(wellKnown.inside(Frames.udp(H1, 1500, "64:ff9b::10.1.2.3", 53, 9)).reason()).isEqualTo(DropReason.NAT64_ADDRESS);
        to(up(wellKnown, Frames.udp(H1, 1500, "64:ff9b::8.8.8.8", 53, 9)), "8.8.8.8", 53);
    }

    @Test
    void aClientUnderThePrefixAndOtherProtocolsAreRefused() {
        byte[] round = Frames.udp(H2_IN_V6, 1500, "2001:db8:64::c000:202", 53, 9);
        assertThat(firewall.inside(round).reason()).isEqualTo(DropReason.NAT64_ADDRESS);
        assertThat(firewall.inside(Frames.sctp(H1, 1, H2_IN_V6, 2, 0, 1, 0, 5)).reason()).isEqualTo(DropReason.NAT_UNSUPPORTED);
    }

    @Test
    void aBindingOutlivesItsLastSessionForAWhile() {
        up(firewall, Frames.udp(H1, 1500, H2_IN_V6, 53, 9));
        firewall.pass(61);
        assertThat(firewall.firewall.ipv6Sessions().size()).isZero();
        assertThat(firewall.firewall.tables().get("nat64").size()).isEqualTo(1);
        firewall.pass(121);
        assertThat(firewall.firewall.tables().get("nat64").size()).isZero();
    }

    @Test
    void aPoolThatNaptHasTooIsRefused() {
        assertThatThrownBy(() -> FirewallSettings.of(Map.of("napt_pool", "203.0.113.0/30", "nat64_pool", T)))
                .hasMessageContaining("nat64_pool").hasMessageContaining("napt_pool");
        assertThatThrownBy(() -> FirewallSettings.of(Map.of("nat64_prefix", "2001:db8::/33"))).hasMessageContaining("nat64_prefix");
    }

    @Test
    void noPacketMakesItThrow() {
        Random random = new Random(6146);
        byte[][] seeds = {Frames.udp(H1, 1500, H2_IN_V6, 53, 60), Frames.udp(H2, 53, T, 1500, 60), Frames.udp(H1, 1500, T_IN_V6, 1500, 60),
            Frames.icmp(H1, H2_IN_V6, 128, 7, 7, new byte[9]), Frames.error(H2, T, 3, Frames.udp(T, 1500, H2, 53, 30), 60),
            Frames.error(H1, H2_IN_V6, 2, Frames.udp(H2_IN_V6, 53, H1, 1500, 30), 60)};
        for (int i = 0; i < 100_000; i++) {
            byte[] frame = seeds[random.nextInt(seeds.length)].clone();
            for (int change = random.nextInt(4); change > 0; change--) {
                frame[IP + random.nextInt(frame.length - IP)] = (byte) random.nextInt();
            }
            if (frame[12] == 8) {
                frame[IP] = 0x45;
                Frames.headerChecksum(frame);
            }
            firewall.send(random.nextInt(2), random.nextInt(8) == 0 ? Arrays.copyOf(frame, random.nextInt(frame.length)) : frame);
        }
    }

    private static byte[] quoted(byte[] error, int headers, int type) {
        byte[] frame = new byte[error.length - headers];
        System.arraycopy(error, IP + headers, frame, IP, frame.length - IP);
        ByteBuffer.wrap(frame).putShort(12, (short) type);
        return frame;
    }
}
