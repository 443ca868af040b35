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
import static twinwall.firewall.embedded.TestFirewall.synAck;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;
import twinwall.firewall.Ipv6Session;
import twinwall.firewall.SessionState;

class PacketPathTest {

    private static final String CLIENT6 = "2001:db8::5";
    private static final String SERVER6 = "2001:db8:1::9";

    private final TestFirewall firewall = new TestFirewall();

    private SessionState state() {
        return entries(firewall.firewall.ipv4Sessions()).get(0).state();
    }

    @Test
    void udpIsEstablishedByTheClientsSecondPacket() {
        byte[] query = Frames.udp(CLIENT, 5000, SERVER, 53, 9);
        firewall.inside(query);
        assertThat(state()).isEqualTo(SessionState.NEW);
        assertThat(firewall.outside(Frames.udp(SERVER, 53, CLIENT, 5000, 9)).forwarded()).isTrue();
        assertThat(state()).isEqualTo(SessionState.ANSWERED);
        firewall.inside(query);
        assertThat(state()).isEqualTo(SessionState.ESTABLISHED);
        firewall.pass(119);
        assertThat(firewall.firewall.ipv4Sessions().size()).isEqualTo(1);
        firewall.pass(1.2);
        assertThat(firewall.firewall.ipv4Sessions().size()).isZero();
    }

    @Test
    void anEchoIsAnsweredByItsIdentifier() {
        assertThat(firewall.inside(Frames.icmp(CLIENT, SERVER, 8, 77, 1, new byte[5])).forwarded()).isTrue();
        assertThat(firewall.outside(Frames.icmp(SERVER, CLIENT, 0, 78, 1, new byte[5])).reason()).isEqualTo(DropReason.NO_SESSION);
        assertThat(firewall.outside(Frames.icmp(SERVER, CLIENT, 0, 77, 1, new byte[5])).forwarded()).isTrue();
        assertThat(state()).isEqualTo(SessionState.ANSWERED);
        assertThat(firewall.outside(Frames.icmp(SERVER, CLIENT, 8, 77, 1, new byte[5])).reason()).isEqualTo(DropReason.DENIED);
    }

    @Test
    void anIcmpErrorGoesToTheSessionItQuotes() {
        byte[] syn = syn();
        firewall.inside(syn);
        assertThat(firewall.outside(Frames.error("192.0.2.1", CLIENT, 3, syn, 28)).forwarded()).isTrue();
        byte[] stranger = Frames.udp(CLIENT, 1, SERVER, 2, 9);
        assertThat(firewall.outside(Frames.error("192.0.2.1", CLIENT, 3, stranger, 28)).reason()).isEqualTo(DropReason.ICMP_UNRELATED);
        assertThat(firewall.inside(Frames.error("192.0.2.1", CLIENT, 3, syn, 28)).reason()).isEqualTo(DropReason.WRONG_INTERFACE);
        assertThat(firewall.firewall.ipv4Sessions().size()).isEqualTo(1);
    }

    @Test
    void otherIcmpIsDropped() {
        assertThat(firewall.inside(Frames.icmp(CLIENT, SERVER, 13, 1, 1, new byte[12])).reason()).isEqualTo(DropReason.ICMP_TYPE);
        assertThat(firewall.outside(Frames.icmp(SERVER, CLIENT, 5, 1, 1, new byte[28])).reason()).isEqualTo(DropReason.ICMP_TYPE);
        assertThat(firewall.inside(Frames.icmp(CLIENT6, SERVER6, 135, 1, 1, new byte[20])).reason()).isEqualTo(DropReason.LINK_LOCAL_ICMP);
    }

    @Test
    void ipv6SessionsAreATableOfTheirOwn() {
        firewall.inside(Frames.udp(CLIENT6, 5000, SERVER6, 53, 9));
        assertThat(firewall.outside(Frames.udp(SERVER6, 53, CLIENT6, 5000, 9)).forwarded()).isTrue();
        Ipv6Session session = entries(firewall.firewall.ipv6Sessions()).get(0);
        assertThat(session.source()).hasToString("2001:db8:0:0:0:0:0:5");
        assertThat(session.state()).isEqualTo(SessionState.ANSWERED);
        assertThat(firewall.news()).containsExactly("v6 changed NEW", "v6 changed ANSWERED");
        assertThat(firewall.firewall.ipv4Sessions().size()).isZero();
    }

    @Test
    void packetTooBigReachesAnIpv6Client() {
        byte[] query = Frames.udp(CLIENT6, 5000, SERVER6, 53, 900);
        firewall.inside(query);
        assertThat(firewall.outside(Frames.error("2001:db8::fe", CLIENT6, 2, query, 900)).forwarded()).isTrue();
    }

    @Test
    void extensionHeadersAreSkipped() {
        byte[] udp = Arrays.copyOfRange(Frames.udp(CLIENT6, 5000, SERVER6, 53, 8), 54, 70);
        ByteBuffer payload = ByteBuffer.allocate(8 + 16 + 12 + udp.length);
        payload.put((byte) 60).put((byte) 0).put(new byte[6]);
        payload.put((byte) 51).put((byte) 1).put(new byte[14]);
        payload.put((byte) 17).put((byte) 1).put(new byte[10]);
        payload.put(udp);
        assertThat(firewall.inside(Frames.ip(CLIENT6, SERVER6, 0, payload.array(), -1)).forwarded()).isTrue();
        assertThat(entries(firewall.firewall.ipv6Sessions()).get(0).destinationPort()).isEqualTo(53);
    }

    @Test
    void aRoutingHeaderOfTypeZeroIsDropped() {
        byte[] payload = new byte[32];
        payload[0] = 17;
        assertThat(firewall.inside(Frames.ip(CLIENT6, SERVER6, 43, payload, -1)).reason()).isEqualTo(DropReason.SOURCE_ROUTE);
    }

    @Test
    void laterFragmentsFollowTheFirst() {
        byte[] whole = Frames.udp(CLIENT, 5000, SERVER, 53, 3000);
        assertThat(firewall.inside(Frames.fragment4(whole, 7, 1480, 2960, true)).reason()).isEqualTo(DropReason.FRAGMENT_WITHOUT_FIRST);
        assertThat(firewall.inside(Frames.fragment4(whole, 7, 0, 1480, true)).forwarded()).isTrue();
        assertThat(firewall.inside(Frames.fragment4(whole, 7, 1480, 2960, true)).forwarded()).isTrue();
        assertThat(firewall.inside(Frames.fragment4(whole, 7, 2960, 3008, false)).forwarded()).isTrue();
        assertThat(firewall.inside(Frames.fragment4(whole, 8, 2960, 3008, false)).reason()).isEqualTo(DropReason.FRAGMENT_WITHOUT_FIRST);
        firewall.pass(60);
        assertThat(firewall.inside(Frames.fragment4(whole, 7, 2960, 3008, false)).reason()).isEqualTo(DropReason.FRAGMENT_WITHOUT_FIRST);
    }

    @Test
    void laterIpv6FragmentsFollowTheFirst() {
        byte[] whole = Frames.udp(CLIENT6, 5000, SERVER6, 53, 2000);
        assertThat(firewall.inside(Frames.fragment6(whole, 70_000, 0, 1232, true)).forwarded()).isTrue();
        assertThat(firewall.inside(Frames.fragment6(whole, 70_000, 1232, 2008, false)).forwarded()).isTrue();
        assertThat(firewall.inside(Frames.fragment6(whole, 70_001, 1232, 2008, false)).reason())
                .isEqualTo(DropReason.FRAGMENT_WITHOUT_FIRST);
    }

    @Test
    void anAtomicFragmentIsAWholePacket() {
        byte[] whole = Frames.udp(CLIENT6, 5000, SERVER6, 53, 20);
        assertThat(firewall.inside(Frames.fragment6(whole, 1, 0, 28, false)).forwarded()).isTrue();
        assertThat(firewall.inside(Frames.fragment6(whole, 1, 8, 16, false)).reason()).isEqualTo(DropReason.FRAGMENT_WITHOUT_FIRST);
    }

    @Test
    void aFragmentTooSmallForItsHeaderIsDropped() {
        assertThat(firewall.inside(Frames.fragment4(syn(), 7, 0, 8, true)).reason()).isEqualTo(DropReason.TINY_FRAGMENT);
        assertThat(firewall.inside(Frames.fragment4(syn(), 7, 8, 16, true)).reason()).isEqualTo(DropReason.TINY_FRAGMENT);
    }

    @Test
    void otherProtocolsAreTrackedByTheirAddresses() {
        byte[] gre = Frames.ip(CLIENT, SERVER, 47, new byte[30], -1);
        assertThat(firewall.inside(gre).forwarded()).isTrue();
        assertThat(firewall.outside(Frames.ip(SERVER, CLIENT, 47, new byte[30], -1)).forwarded()).isTrue();
        assertThat(firewall.outside(Frames.ip(SERVER, CLIENT, 50, new byte[30], -1)).reason()).isEqualTo(DropReason.DENIED);
    }

    @Test
    void sctpFollowsItsVerificationTags() {
        assertThat(firewall.inside(Frames.sctp(CLIENT, 1, SERVER, 2, 0, 10, 0, 0)).reason()).isEqualTo(DropReason.NO_SESSION);
        assertThat(firewall.inside(Frames.sctp(CLIENT, 1, SERVER, 2, 0, 1, 0, 111)).forwarded()).isTrue();
        assertThat(firewall.outside(Frames.sctp(SERVER, 2, CLIENT, 1, 999, 2, 0, 222)).reason()).isEqualTo(DropReason.SCTP_TAG);
        assertThat(firewall.outside(Frames.sctp(SERVER, 2, CLIENT, 1, 111, 2, 0, 222)).forwarded()).isTrue();
        assertThat(firewall.inside(Frames.sctp(CLIENT, 1, SERVER, 2, 222, 10, 0, 0)).forwarded()).isTrue();
        assertThat(state()).isEqualTo(SessionState.ANSWERED);
        assertThat(firewall.outside(Frames.sctp(SERVER, 2, CLIENT, 1, 111, 11, 0, 0)).forwarded()).isTrue();
        assertThat(state()).isEqualTo(SessionState.ESTABLISHED);
        assertThat(firewall.inside(Frames.sctp(CLIENT, 1, SERVER, 2, 223, 0, 0, 0)).reason()).isEqualTo(DropReason.SCTP_TAG);
        assertThat(firewall.inside(Frames.sctp(CLIENT, 1, SERVER, 2, 222, 7, 0, 0)).forwarded()).isTrue();
        assertThat(state()).isEqualTo(SessionState.CLOSING);
        assertThat(firewall.outside(Frames.sctp(SERVER, 2, CLIENT, 1, 111, 8, 0, 0)).forwarded()).isTrue();
        assertThat(firewall.inside(Frames.sctp(CLIENT, 1, SERVER, 2, 222, 14, 0, 0)).forwarded()).isTrue();
        assertThat(state()).isEqualTo(SessionState.CLOSED);
        assertThat(firewall.inside(Frames.sctp(CLIENT, 1, SERVER, 2, 0, 1, 0, 333)).forwarded()).isTrue();
        assertThat(state()).isEqualTo(SessionState.NEW);
    }

    @Test
    void anSctpAbortWithTheReflectedTagCloses() {
        firewall.inside(Frames.sctp(CLIENT, 1, SERVER, 2, 0, 1, 0, 111));
        assertThat(firewall.outside(Frames.sctp(SERVER, 2, CLIENT, 1, 112, 6, 0, 0)).reason()).isEqualTo(DropReason.SCTP_TAG);
        assertThat(firewall.outside(Frames.sctp(SERVER, 2, CLIENT, 1, 111, 6, 0, 0)).forwarded()).isTrue();
        assertThat(state()).isEqualTo(SessionState.CLOSED);
    }

    @Test
    void vlanTagsAreSkippedUpToTwo() {
        assertThat(firewall.inside(Frames.tagged(syn(), 0x8100)).forwarded()).isTrue();
        assertThat(firewall.outside(Frames.tagged(synAck(), 0x88a8, 0x8100)).forwarded()).isTrue();
        assertThat(firewall.inside(Frames.tagged(syn(), 0x88a8, 0x8100, 0x8100)).reason()).isEqualTo(DropReason.NOT_IP);
    }

    @Test
    void arpIsCountedApart() {
        byte[] arp = new byte[60];
        arp[12] = 8;
        arp[13] = 6;
        assertThat(firewall.inside(arp).reason()).isEqualTo(DropReason.NOT_IP);
        assertThat(firewall.firewall.counters().dropped(DropReason.NOT_IP)).isEqualTo(1);
    }

    @Test
    void aFrameCutBehindItsHeadersIsInspectedAndOneCutBeforeIsNot() {
        byte[] whole = Frames.tcp(CLIENT, 4000, SERVER, 80, Frames.SYN, 100, 0, 500);
        assertThat(firewall.firewall.process(firewall.now, 0, new Frame(whole, 0, 54)).forwarded()).isTrue();
        assertThat(entries(firewall.firewall.ipv4Sessions()).get(0).forwardBytes()).isEqualTo(540);
        for (int length = 0; length < 54; length++) {
            assertThat(firewall.firewall.process(firewall.now, 0, new Frame(whole, 0, length)).reason()).isEqualTo(DropReason.TRUNCATED);
        }
    }

    @Test
    void malformedPacketsHaveAReason() {
        byte[] version = syn();
        version[14] = 0x65;
        assertThat(firewall.inside(version).reason()).isEqualTo(DropReason.MALFORMED);
        byte[] header = syn();
        header[14] = 0x44;
        assertThat(firewall.inside(header).reason()).isEqualTo(DropReason.MALFORMED);
        byte[] checksum = syn();
        checksum[24] ^= 1;
        assertThat(firewall.inside(checksum).reason()).isEqualTo(DropReason.IP_CHECKSUM);
        byte[] total = syn();
        ByteBuffer.wrap(total).putShort(16, (short) 30);
        assertThat(firewall.inside(Frames.headerChecksum(total)).reason()).isEqualTo(DropReason.MALFORMED);
        byte[] udp = Frames.udp(CLIENT, 5000, SERVER, 53, 9);
        ByteBuffer.wrap(udp).putShort(38, (short) 100);
        assertThat(firewall.inside(udp).reason()).isEqualTo(DropReason.MALFORMED);
        byte[] multicast = Frames.udp("224.0.0.1", 1, SERVER, 2, 1);
        assertThat(firewall.inside(multicast).reason()).isEqualTo(DropReason.BAD_ADDRESS);
        assertThat(firewall.inside(Frames.udp(CLIENT, 7, CLIENT, 7, 1)).reason()).isEqualTo(DropReason.BAD_ADDRESS);
    }

    @Test
    void aTotalLengthOfZeroMeansTheFramesLength() {
        byte[] large = Frames.tcp(CLIENT, 4000, SERVER, 80, Frames.SYN, 100, 0, 0);
        ByteBuffer.wrap(large).putShort(16, (short) 0);
        assertThat(firewall.inside(Frames.headerChecksum(large)).forwarded()).isTrue();
        assertThat(entries(firewall.firewall.ipv4Sessions()).get(0).forwardBytes()).isEqualTo(40);
    }

    @Test
    void sourceRoutesAreDroppedAndOtherOptionsPass() {
        assertThat(firewall.inside(withOption(131)).reason()).isEqualTo(DropReason.SOURCE_ROUTE);
        assertThat(firewall.inside(withOption(148)).forwarded()).isTrue();
    }

    private static byte[] withOption(int kind) {
        byte[] syn = syn();
        ByteBuffer frame = ByteBuffer.allocate(syn.length + 4);
        frame.put(syn, 0, 34).put((byte) kind).put((byte) 4).putShort((short) 0).put(syn, 34, 20);
        frame.put(14, (byte) 0x46).putShort(16, (short) 44);
        return Frames.headerChecksum(frame.array());
    }

    @Test
    void transportChecksumsAreVerifiedOnlyWhenAskedFor() {
        byte[] wrong = syn();
        wrong[50] ^= 1;
        assertThat(firewall.inside(wrong).forwarded()).isTrue();
        TestFirewall strict = new TestFirewall("verify_transport_checksums", "true");
        assertThat(strict.inside(wrong).reason()).isEqualTo(DropReason.TRANSPORT_CHECKSUM);
        assertThat(strict.inside(syn()).forwarded()).isTrue();
        assertThat(strict.inside(Frames.icmp(CLIENT6, SERVER6, 128, 1, 1, new byte[3])).forwarded()).isTrue();
    }

    @Test
    void aFullTableRefusesNewSessionsAndKeepsTheOld() {
        TestFirewall small = new TestFirewall("max_sessions", "2", "max_half_open", "1");
        assertThat(small.inside(syn()).forwarded()).isTrue();
        assertThat(small.inside(Frames.tcp(CLIENT, 4001, SERVER, 80, Frames.SYN, 1, 0, 0)).reason()).isEqualTo(DropReason.TABLE_FULL);
        small.connected();
        assertThat(small.firewall.counters().halfOpenSessions()).isZero();
        assertThat(small.inside(Frames.udp(CLIENT, 1, SERVER, 2, 1)).forwarded()).isTrue();
        assertThat(small.inside(Frames.udp(CLIENT, 3, SERVER, 2, 1)).reason()).isEqualTo(DropReason.TABLE_FULL);
        assertThat(small.inside(Frames.udp(CLIENT, 1, SERVER, 2, 1)).forwarded()).isTrue();
    }

    @Test
    void rulesDecideWhoBegins() {
        TestFirewall served = new TestFirewall("rules",
                "deny inside->outside udp port 53; allow inside->outside; allow outside->inside tcp 10.0.0.0/24 port 443");
        assertThat(served.inside(Frames.udp(CLIENT, 1, SERVER, 53, 1)).reason()).isEqualTo(DropReason.DENIED);
        assertThat(served.inside(Frames.udp(CLIENT, 1, SERVER, 54, 1)).forwarded()).isTrue();
        assertThat(served.outside(Frames.tcp(SERVER, 9, CLIENT, 443, Frames.SYN, 1, 0, 0)).forwarded()).isTrue();
        assertThat(served.outside(Frames.tcp(SERVER, 9, CLIENT, 444, Frames.SYN, 1, 0, 0)).reason()).isEqualTo(DropReason.DENIED);
        assertThat(entries(served.firewall.ipv4Sessions())).extracting(session -> session.rule()).containsExactlyInAnyOrder(2, 3);
    }

    @Test
    void everyPacketIsCountedOnce() {
        firewall.connected();
        firewall.outside(syn());
        firewall.inside(new byte[3]);
        Counters counters = firewall.firewall.counters();
        assertThat(counters.received()).isEqualTo(5);
        assertThat(counters.forwarded() + counters.dropped().values().stream().mapToLong(Long::longValue).sum()).isEqualTo(5);
        assertThat(counters.dropped(DropReason.TRUNCATED)).isEqualTo(1);
        assertThat(counters.ipv4Sessions()).isEqualTo(1);
    }

    @Test
    void theCallersMistakesAreExceptions() {
        assertThatThrownBy(() -> firewall.firewall.process(1, 2, new Frame(syn(), 0, 54))).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> firewall.firewall.process(1, 0, new Frame(syn(), 0, 55))).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void aWatcherThatFailsStopsNoPacketAndNoOtherWatcher() throws Exception {
        AutoCloseable failing = firewall.firewall.ipv4Sessions().watch(new FailingWatcher());
        assertThat(firewall.inside(syn()).forwarded()).isTrue();
        assertThat(firewall.news()).containsExactly("v4 changed NEW");
        failing.close();
        List<String> before = firewall.news();
        assertThat(before).isEmpty();
    }
}
