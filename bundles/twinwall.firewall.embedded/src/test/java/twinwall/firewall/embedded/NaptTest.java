/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static twinwall.firewall.embedded.Frames.ACK;
import static twinwall.firewall.embedded.Frames.SYN;
import static twinwall.firewall.embedded.TestFirewall.CLIENT;
import static twinwall.firewall.embedded.TestFirewall.PUBLIC;
import static twinwall.firewall.embedded.TestFirewall.SERVER;
import static twinwall.firewall.embedded.TestFirewall.ack;
import static twinwall.firewall.embedded.TestFirewall.entries;
import static twinwall.firewall.embedded.TestFirewall.syn;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

import org.junit.jupiter.api.Test;
import twinwall.firewall.NaptMapping;
import twinwall.firewall.embedded.packet.Checksums;
import twinwall.firewall.embedded.packet.Packet;

class NaptTest {

    private final TestFirewall firewall = new TestFirewall("napt_pool", PUBLIC);

    @Test
    void tcpIsTranslatedBothWaysWithRightChecksums() {
        byte[] syn = syn();
        assertThat(firewall.inside(syn).forwarded()).isTrue();
        assertThat(Frames.source(syn)).isEqualTo(PUBLIC + ":4000");
        assertThat(Frames.checksumsRight(syn)).isTrue();
        byte[] answer = Frames.tcp(SERVER, 80, PUBLIC, 4000, SYN | ACK, 900, 101, 0);
        assertThat(firewall.outside(answer).forwarded()).isTrue();
        assertThat(Frames.destination(answer)).isEqualTo(CLIENT + ":4000");
        assertThat(Frames.checksumsRight(answer)).isTrue();
    }

    @Test
    void udpIsTranslatedBothWaysWithRightChecksums() {
        for (int data = 0; data < 40; data++) {
            byte[] query = Frames.udp(CLIENT, 5000 + data, SERVER, 53, data);
            assertThat(firewall.inside(query).forwarded()).isTrue();
            assertThat(Frames.source(query)).startsWith(PUBLIC);
            assertThat(Frames.checksumsRight(query)).isTrue();
            byte[] answer = Frames.udp(SERVER, 53, PUBLIC, 5000 + data, data);
            assertThat(firewall.outside(answer).forwarded()).isTrue();
            assertThat(Frames.destination(answer)).startsWith(CLIENT);
            assertThat(Frames.checksumsRight(answer)).isTrue();
        }
    }

    @Test
    void anAbsentUdpChecksumStaysAbsent() {
        byte[] query = Frames.udp(CLIENT, 5000, SERVER, 53, 9);
        ByteBuffer.wrap(query).putShort(40, (short) 0);
        firewall.inside(query);
        assertThat(ByteBuffer.wrap(query).getShort(40)).isZero();
        assertThat(Frames.source(query)).startsWith(PUBLIC);
    }

    @Test
    void echoIdentifiersAreTranslatedBothWays() {
        byte[] other = Frames.icmp("10.0.0.6", SERVER, 8, 77, 1, new byte[5]);
        firewall.inside(other);
        byte[] echo = Frames.icmp(CLIENT, SERVER, 8, 77, 1, new byte[5]);
        assertThat(firewall.inside(echo).forwarded()).isTrue();
        int identifier = Frames.read(echo).sourcePort();
        assertThat(identifier).isNotEqualTo(77);
        assertThat(Frames.checksumsRight(echo)).isTrue();
        byte[] reply = Frames.icmp(SERVER, PUBLIC, 0, identifier, 1, new byte[5]);
        assertThat(firewall.outside(reply).forwarded()).isTrue();
        assertThat(Frames.destination(reply)).isEqualTo(CLIENT + ":77");
        assertThat(Frames.checksumsRight(reply)).isTrue();
    }

    @Test
    void theMappingIsReportedBeforeItsSessionAndGoesAfterIt() {
        firewall.inside(Frames.udp(CLIENT, 5000, SERVER, 53, 9));
        assertThat(firewall.news()).containsExactly("napt changed NEW", "v4 changed NEW");
        firewall.outside(Frames.udp(SERVER, 53, PUBLIC, 5000, 9));
        assertThat(firewall.news()).containsExactly("napt changed ANSWERED", "v4 changed ANSWERED");
        firewall.pass(60.2);
        assertThat(firewall.news()).containsExactly("v4 removed ANSWERED", "napt removed ANSWERED");
    }

    @Test
    void theSessionNamesItsTranslation() {
        firewall.inside(syn());
        assertThat(entries(firewall.firewall.ipv4Sessions()).get(0).translated().orElseThrow()).hasToString(PUBLIC + ":4000");
        NaptMapping mapping = entries(firewall.firewall.naptMappings()).get(0);
        assertThat(mapping.inside()).hasToString(CLIENT);
        assertThat(mapping.outside()).hasToString(PUBLIC);
        assertThat(mapping.outsidePort()).isEqualTo(4000);
        assertThat(mapping.destinationPort()).isEqualTo(80);
    }

    @Test
    void aPublicPortServesSeveralClientsTowardsDifferentDestinations() {
        byte[] one = Frames.udp("10.0.0.1", 6000, SERVER, 53, 1);
        byte[] two = Frames.udp("10.0.0.2", 6000, "198.51.100.10", 53, 1);
        byte[] three = Frames.udp("10.0.0.3", 6000, SERVER, 53, 1);
        firewall.inside(one);
        firewall.inside(two);
        firewall.inside(three);
        assertThat(Frames.source(one)).isEqualTo(PUBLIC + ":6000");
        assertThat(Frames.source(two)).isEqualTo(PUBLIC + ":6000");
        assertThat(Frames.source(three)).isNotEqualTo(PUBLIC + ":6000");
    }

    @Test
    void aPoolThatIsUsedUpSaysSo() {
        TestFirewall small = new TestFirewall("napt_pool", PUBLIC, "napt_ports", "2000-2009");
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 10; i++) {
            byte[] packet = Frames.udp(CLIENT, 5000 + i, SERVER, 53, 1);
            assertThat(small.inside(packet).forwarded()).isTrue();
            seen.add(Frames.source(packet));
        }
        assertThat(seen).hasSize(10);
        assertThat(small.inside(Frames.udp(CLIENT, 5010, SERVER, 53, 1)).reason()).isEqualTo(DropReason.NAPT_EXHAUSTED);
        assertThat(small.firewall.ipv4Sessions().size()).isEqualTo(10);
        assertThat(small.inside(Frames.udp(CLIENT, 5010, "198.51.100.10", 53, 1)).forwarded()).isTrue();
    }

    @Test
    void theSamePortIsChosenOnBothFirewalls() {
        String[] chosen = new String[2];
        for (int i = 0; i < 2; i++) {
            TestFirewall one = new TestFirewall("napt_pool", "203.0.113.0/29", "napt_ports", "2000-3000");
            byte[] packet = Frames.udp(CLIENT, 50_000, SERVER, 53, 1);
            one.inside(packet);
            chosen[i] = Frames.source(packet);
        }
        assertThat(chosen[0]).isEqualTo(chosen[1]);
    }

    @Test
    void publicSourcesAreNotTranslated() {
        byte[] packet = Frames.udp("192.0.2.44", 5000, SERVER, 53, 1);
        assertThat(firewall.inside(packet).forwarded()).isTrue();
        assertThat(Frames.source(packet)).isEqualTo("192.0.2.44:5000");
        assertThat(firewall.firewall.naptMappings().size()).isZero();
    }

    @Test
    void aProtocolWithoutPortsCannotBeTranslated() {
        assertThat(firewall.inside(Frames.ip(CLIENT, SERVER, 47, new byte[20], -1)).reason()).isEqualTo(DropReason.NAPT_UNSUPPORTED);
        assertThat(firewall.inside(Frames.sctp(CLIENT, 1, SERVER, 2, 0, 1, 0, 5)).reason()).isEqualTo(DropReason.NAPT_UNSUPPORTED);
    }

    @Test
    void anIcmpErrorFromOutsideIsTranslatedOutsideAndInside() {
        byte[] query = Frames.udp(CLIENT, 5000, SERVER, 53, 30);
        firewall.inside(query);
        byte[] error = Frames.error("192.0.2.254", PUBLIC, 3, query, 28);
        assertThat(firewall.outside(error).forwarded()).isTrue();
        assertThat(Frames.destination(error)).startsWith(CLIENT);
        assertThat(Frames.checksumsRight(error)).isTrue();
        byte[] original = Frames.udp(CLIENT, 5000, SERVER, 53, 30);
        assertThat(Arrays.copyOfRange(error, 42, 70)).isEqualTo(Arrays.copyOfRange(original, 14, 42));
    }

    @Test
    void anIcmpErrorAboutTcpRestoresTheQuotedChecksumToo() {
        byte[] syn = syn();
        firewall.inside(syn);
        byte[] error = Frames.error("192.0.2.254", PUBLIC, 11, syn, 200);
        assertThat(firewall.outside(error).forwarded()).isTrue();
        assertThat(Frames.checksumsRight(error)).isTrue();
        assertThat(Arrays.copyOfRange(error, 42, 82)).isEqualTo(Arrays.copyOfRange(syn(), 14, 54));
    }

    @Test
    void anIcmpErrorFromInsideHidesThePrivateAddress() {
        firewall.inside(Frames.udp(CLIENT, 5000, SERVER, 53, 30));
        byte[] answer = Frames.udp(SERVER, 53, PUBLIC, 5000, 30);
        byte[] seenOutside = answer.clone();
        firewall.outside(answer);
        byte[] error = Frames.error(CLIENT, SERVER, 3, answer, 28);
        assertThat(firewall.inside(error).forwarded()).isTrue();
        assertThat(Frames.source(error)).startsWith(PUBLIC);
        assertThat(Frames.checksumsRight(error)).isTrue();
        assertThat(Arrays.copyOfRange(error, 42, 70)).isEqualTo(Arrays.copyOfRange(seenOutside, 14, 42));
    }

    @Test
    void anIcmpErrorAboutAnEchoIsTranslated() {
        firewall.inside(Frames.icmp("10.0.0.6", SERVER, 8, 77, 1, new byte[5]));
        byte[] echo = Frames.icmp(CLIENT, SERVER, 8, 77, 1, new byte[4]);
        firewall.inside(echo);
        byte[] error = Frames.error("192.0.2.254", PUBLIC, 11, echo, 32);
        assertThat(firewall.outside(error).forwarded()).isTrue();
        assertThat(Frames.checksumsRight(error)).isTrue();
        byte[] original = Frames.icmp(CLIENT, SERVER, 8, 77, 1, new byte[4]);
        assertThat(Arrays.copyOfRange(error, 42, 74)).isEqualTo(Arrays.copyOfRange(original, 14, 46));
    }

    @Test
    void fragmentsAreTranslatedAndTheWholeDatagramHasARightChecksum() {
        byte[] whole = Frames.udp(CLIENT, 5000, SERVER, 53, 1000);
        byte[] first = Frames.fragment4(whole, 9, 0, 504, true);
        byte[] second = Frames.fragment4(whole, 9, 504, 1008, false);
        assertThat(firewall.inside(first).forwarded()).isTrue();
        assertThat(firewall.inside(second).forwarded()).isTrue();
        assertThat(Arrays.copyOfRange(second, 26, 30)).isEqualTo(Frames.address(PUBLIC));
        byte[] together = Arrays.copyOf(whole, whole.length);
        System.arraycopy(first, 26, together, 26, 8 + 504);
        System.arraycopy(second, 34, together, 34 + 504, 504);
        assertThat(Frames.checksumsRight(Frames.headerChecksum(together))).isTrue();
        assertThat(Checksums.finish(Checksums.sum(second, 14, 34))).isZero();
    }

    @Test
    void aChecksumThatHardwareWasToFillInIsLeftToIt() {
        byte[] packet = Frames.udp(CLIENT, 5000, SERVER, 53, 1);
        ByteBuffer.wrap(packet).putShort(24, (short) 0);
        assertThat(firewall.inside(packet).forwarded()).isTrue();
        assertThat(ByteBuffer.wrap(packet).getShort(24)).isZero();
        Packet read = Frames.read(packet);
        assertThat(read.checksumLeftOut).isTrue();
    }

    @Test
    void aSessionWhoseAnswersWouldBelongToAnotherIsNotBegun() {
        TestFirewall open = new TestFirewall("napt_pool", PUBLIC, "rules", "allow any->any");
        open.inside(Frames.udp(CLIENT, 5000, SERVER, 53, 1));
        assertThat(open.outside(Frames.udp(SERVER, 53, CLIENT, 5000, 1)).reason()).isEqualTo(DropReason.AMBIGUOUS);
        assertThat(open.firewall.ipv4Sessions().size()).isEqualTo(1);
    }

    @Test
    void aTranslatedSessionOfThePeerIsUsedWhenItsMappingIsHereToo() {
        TestFirewall failed = new TestFirewall("napt_pool", PUBLIC).connectedOutside();
        TestFirewall withMapping = new TestFirewall("napt_pool", PUBLIC, "forwarding", "false");
        TestFirewall withoutMapping = new TestFirewall("napt_pool", PUBLIC, "forwarding", "false");
        failed.copyTo(withMapping);
        failed.copyAllBut(withoutMapping, "napt");
        withMapping.takeOverFrom(failed);
        withoutMapping.takeOverFrom(failed);

        assertThat(withMapping.inside(ack()).forwarded()).isTrue();
        assertThat(withoutMapping.inside(ack()).reason()).isEqualTo(DropReason.NO_MAPPING);
    }
}
