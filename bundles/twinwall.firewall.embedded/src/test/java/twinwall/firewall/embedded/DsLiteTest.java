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
import static twinwall.firewall.embedded.TestFirewall.SERVER;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;

import org.junit.jupiter.api.Test;
import twinwall.firewall.BlacklistEntry.Direction;
import twinwall.firewall.BlacklistEntry.Origin;
import twinwall.firewall.FirewallCommand;
import twinwall.firewall.embedded.TestFirewall.Passage;
import twinwall.firewall.embedded.packet.Ipv6Fragments;
import twinwall.firewall.embedded.packet.Packet;

/** RFC 6333, with the addresses of its appendix B: two homes use the same private address. */
class DsLiteTest {

    static final String[] SETTINGS = {"dslite_aftr", "2001:db8::1", "dslite_pool", "192.0.2.1"};
    static final String AFTR = "2001:db8::1";
    static final String B4 = "2001:db8:0:1::1";
    static final String OTHER_B4 = "2001:db8:0:2::1";
    static final String HOST = "10.0.0.1";
    static final String PUBLIC = "192.0.2.1";

    private static final int IP = 14;

    private final TestFirewall firewall = new TestFirewall(SETTINGS);

    /** The frame's IPv4 packet in a tunnel packet. */
    static byte[] tunnelled(String b4, byte[] frame) {
        return Frames.ip(b4, AFTR, 4, Arrays.copyOfRange(frame, IP, frame.length), -1);
    }

    /** Sends it through the tunnel and gives what comes out on the other side, without one. */
    static byte[] up(TestFirewall by, String b4, byte[] frame) {
        Passage passage = by.send(INSIDE, tunnelled(b4, frame));
        assertThat(passage.verdict().reason()).isNull();
        assertThat(passage.verdict().egress()).isEqualTo(OUTSIDE);
        assertThat(Frames.read(passage.frame().bytes).v6).isFalse();
        return passage.frame().bytes;
    }

    /** Sends it from outside and gives the packet in the tunnel packet that comes out, which must go to that end. */
    static byte[] down(TestFirewall by, byte[] frame, String b4) {
        Passage passage = by.send(OUTSIDE, frame);
        assertThat(passage.verdict().reason()).isNull();
        assertThat(passage.verdict().egress()).isEqualTo(INSIDE);
        return opened(passage.frame().bytes, b4);
    }

    static byte[] opened(byte[] frame, String b4) {
        Packet outer = Frames.read(frame);
        assertThat(outer.protocol).isEqualTo(4);
        assertThat(Arrays.copyOfRange(frame, IP + 8, IP + 24)).isEqualTo(Frames.address(AFTR));
        assertThat(Arrays.copyOfRange(frame, IP + 24, IP + 40)).isEqualTo(Frames.address(b4));
        byte[] inner = new byte[frame.length - 40];
        System.arraycopy(frame, IP + 40, inner, IP, inner.length - IP);
        inner[12] = 8;
        return inner;
    }

    private FirewallCommand command() {
        return firewall.firewall.commands().stream().filter(one -> one.name().equals("ds-lite-server")).findAny().orElseThrow();
    }

    private void addServer() {
        command().run("add", Map.of("b4", B4, "protocol", "tcp", "inside", HOST, "inside_port", "80", "outside", PUBLIC, "outside_port",
                "8080"));
    }

    @Test
    void twoHomesWithTheSameAddressAreToldApart() {
        byte[] one = up(firewall, B4, Frames.tcp(HOST, 10000, SERVER, 80, SYN, 100, 0, 0));
        byte[] two = up(firewall, OTHER_B4, Frames.tcp(HOST, 10000, SERVER, 80, SYN, 100, 0, 0));
        assertThat(Frames.checksumsRight(one)).isTrue();
        assertThat(Frames.source(one)).isEqualTo(PUBLIC + ":10000");
        assertThat(Frames.source(two)).startsWith(PUBLIC).isNotEqualTo(Frames.source(one));
        byte[] answer = down(firewall, Frames.tcp(SERVER, 80, PUBLIC, 10000, SYN | ACK, 900, 101, 0), B4);
        assertThat(Frames.destination(answer)).isEqualTo(HOST + ":10000");
        assertThat(Frames.checksumsRight(answer)).isTrue();
        int port = Frames.read(two).sourcePort();
        assertThat(Frames.destination(down(firewall, Frames.tcp(SERVER, 80, PUBLIC, port, SYN | ACK, 9, 101, 0), OTHER_B4)))
                .isEqualTo(HOST + ":10000");
    }

    @Test
    void aServerOnAClientsPublicPortLeavesTheClientItsPortWhenItIsRemoved() {
        assertThat(Frames.source(up(firewall, B4, Frames.udp(HOST, 5000, SERVER, 53, 9)))).isEqualTo(PUBLIC + ":5000");
        firewall.pass(61);
        Map<String, String> server = Map.of("b4", B4, "protocol", "udp", "inside", HOST, "inside_port", "5000");
        Map<String, String> add = new HashMap<>(server);
        add.putAll(Map.of("outside", PUBLIC, "outside_port", "5000"));
        command().run("add", add);
        command().run("remove", server);
        assertThat(Frames.source(up(firewall, OTHER_B4, Frames.udp(HOST, 5000, SERVER, 53, 9)))).isNotEqualTo(PUBLIC + ":5000");
        assertThat(Frames.source(up(firewall, B4, Frames.udp(HOST, 5000, SERVER, 53, 9)))).isEqualTo(PUBLIC + ":5000");
    }

    @Test
    void theBindingIsTheSameWhoeverTheClientTalksToAndAnybodyMayAnswer() {
        up(firewall, OTHER_B4, Frames.udp(HOST, 5000, SERVER, 53, 9));
        String seen = Frames.source(up(firewall, B4, Frames.udp(HOST, 5000, SERVER, 53, 9)));
        assertThat(Frames.source(up(firewall, B4, Frames.udp(HOST, 5000, "198.51.100.77", 99, 9)))).isEqualTo(seen);
        int port = Integer.parseInt(seen.split(":")[1]);
        assertThat(Frames.destination(down(firewall, Frames.udp("198.51.100.200", 1, PUBLIC, port, 9), B4))).isEqualTo(HOST + ":5000");
    }

    @Test
    void echoAndErrorsGoThroughTheTunnel() {
        byte[] echo = up(firewall, B4, Frames.icmp(HOST, SERVER, 8, 77, 1, new byte[9]));
        byte[] reply = down(firewall, Frames.icmp(SERVER, PUBLIC, 0, Frames.read(echo).sourcePort(), 1, new byte[9]), B4);
        assertThat(Frames.read(reply).destinationPort()).isEqualTo(77);
        byte[] sent = up(firewall, B4, Frames.udp(HOST, 5000, SERVER, 53, 30));
        byte[] error = down(firewall, Frames.error("198.51.100.77", PUBLIC, 3, sent, 60), B4);
        assertThat(Frames.checksumsRight(error)).isTrue();
        assertThat(Frames.source(quoted(error))).isEqualTo(HOST + ":5000");
        byte[] received = down(firewall, Frames.udp(SERVER, 53, PUBLIC, 5000, 30), B4);
        byte[] up = up(firewall, B4, Frames.error("192.0.0.2", SERVER, 11, received, 60));
        assertThat(Frames.source(up)).isEqualTo(PUBLIC + ":0");
        assertThat(Frames.destination(quoted(up))).isEqualTo(PUBLIC + ":5000");
        assertThat(Frames.checksumsRight(up)).isTrue();
    }

    @Test
    void twoHomesReachEachOtherByTheirPublicEndpoints() {
        up(firewall, B4, Frames.udp(HOST, 5000, SERVER, 53, 9));
        up(firewall, OTHER_B4, Frames.udp(HOST, 6000, SERVER, 53, 9));
        Passage there = firewall.send(INSIDE, tunnelled(B4, Frames.udp(HOST, 5000, PUBLIC, 6000, 9)));
        assertThat(there.verdict().reason()).isNull();
        assertThat(there.verdict().egress()).isEqualTo(INSIDE);
        byte[] inner = opened(there.frame().bytes, OTHER_B4);
        assertThat(Frames.source(inner)).isEqualTo(PUBLIC + ":5000");
        assertThat(Frames.destination(inner)).isEqualTo(HOST + ":6000");
        assertThat(Frames.checksumsRight(inner)).isTrue();
        Passage back = firewall.send(INSIDE, tunnelled(OTHER_B4, Frames.udp(HOST, 6000, PUBLIC, 5000, 9)));
        inner = opened(back.frame().bytes, B4);
        assertThat(Frames.source(inner)).isEqualTo(PUBLIC + ":6000");
        assertThat(Frames.destination(inner)).isEqualTo(HOST + ":5000");
    }

    @Test
    void largeAnswersAreFragmentedAfterEncapsulationAndLargeRequestsPutTogetherBefore() {
        up(firewall, B4, Frames.udp(HOST, 5000, SERVER, 53, 9));
        Passage passage = firewall.send(OUTSIDE, Frames.udp(SERVER, 53, PUBLIC, 5000, 1472));
        assertThat(passage.frame().more()).hasSize(1);
        assertThat(passage.frame().bytes.length).isLessThanOrEqualTo(IP + 1500);
        Packet first = Frames.read(passage.frame().bytes);
        assertThat(first.moreFragments).isTrue();
        assertThat(first.protocol).isEqualTo(4);

        Frame parts = new Frame(new byte[0]);
        byte[] request = Frames.udp(HOST, 5000, SERVER, 53, 1472);
        Ipv6Fragments.split(tunnelled(B4, request), IP, 1500, 7, 0, false, parts);
        assertThat(firewall.send(INSIDE, parts.more().get(0)).verdict().reason()).isEqualTo(DropReason.SOFTWIRE_FRAGMENT);
        byte[] whole = firewall.send(INSIDE, parts.bytes).frame().bytes;
        assertThat(Frames.source(whole)).isEqualTo(PUBLIC + ":5000");
        assertThat(Frames.checksumsRight(whole)).isTrue();
        assertThat(whole).hasSameSizeAs(request);
    }

    @Test
    void aServerIsReachedAndAnswersUnderItsPublicEndpoint() {
        addServer();
        byte[] in = down(firewall, Frames.tcp("198.51.100.7", 3333, PUBLIC, 8080, SYN, 5, 0, 0), B4);
        assertThat(Frames.source(in)).isEqualTo("198.51.100.7:3333");
        assertThat(Frames.destination(in)).isEqualTo(HOST + ":80");
        byte[] answer = up(firewall, B4, Frames.tcp(HOST, 80, "198.51.100.7", 3333, SYN | ACK, 50, 6, 0));
        assertThat(Frames.source(answer)).isEqualTo(PUBLIC + ":8080");
        assertThat(Frames.checksumsRight(answer)).isTrue();
        down(firewall, Frames.tcp("198.51.100.7", 3333, PUBLIC, 8080, ACK, 6, 51, 0), B4);
        assertThat(firewall.news()).endsWith("v4 changed ESTABLISHED");
        assertThat(Frames.source(up(firewall, B4, Frames.tcp(HOST, 80, "198.51.100.99", 9, SYN, 5, 0, 0)))).isEqualTo(PUBLIC + ":8080");
        byte[] error = up(firewall, B4, Frames.error("192.0.0.2", "198.51.100.7", 3, in, 60));
        assertThat(Frames.source(error)).as("nothing of the home is seen").isEqualTo(PUBLIC + ":0");
        assertThat(Frames.destination(quoted(error))).isEqualTo(PUBLIC + ":8080");
    }

    @Test
    void serversAreAddedShownAndRemoved() {
        addServer();
        assertThat(command().run("list", Map.of()).get("entries")).isEqualTo(List.of(Map.of("b4", "2001:db8:0:1:0:0:0:1", "protocol", 6,
                "inside", HOST + ":80", "outside", PUBLIC + ":8080")));
        assertThatThrownBy(() -> command().run("add", Map.of("b4", OTHER_B4, "protocol", "tcp", "inside", HOST, "inside_port", "80",
                "outside", PUBLIC, "outside_port", "8080"))).isInstanceOf(IllegalStateException.class).hasMessageContaining("taken");
        assertThatThrownBy(() -> command().run("add", Map.of("b4", B4, "protocol", "tcp", "inside", HOST, "inside_port", "81", "outside",
                "1.2.3.4", "outside_port", "8080"))).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("dslite_pool");
        assertThatThrownBy(() -> command().run("add", Map.of("b4", HOST))).isInstanceOf(IllegalArgumentException.class);
        Map<String, String> key = Map.of("b4", B4, "protocol", "tcp", "inside", HOST, "inside_port", "80");
        assertThat(command().run("remove", key)).containsEntry("removed", true);
        assertThat(command().run("remove", key)).containsEntry("removed", false);
        assertThat(firewall.outside(Frames.tcp("198.51.100.7", 3333, PUBLIC, 8080, SYN, 5, 0, 0)).reason()).isEqualTo(DropReason.DENIED);
    }

    @Test
    void whatIsInTheTunnelIsAskedForOnTheBlacklistAndForItsChecksum() throws UnknownHostException {
        TestFirewall strict = new TestFirewall("dslite_aftr", AFTR, "dslite_pool", PUBLIC, "verify_transport_checksums", "true");
        byte[] wrong = Frames.tcp(HOST, 10000, SERVER, 80, SYN, 100, 0, 0);
        wrong[IP + 37] ^= 1;
        assertThat(strict.inside(tunnelled(B4, wrong)).reason()).isEqualTo(DropReason.TRANSPORT_CHECKSUM);
        firewall.firewall.blacklist().add(Direction.DESTINATION, InetAddress.getByAddress(Frames.address(SERVER)), 0, 0, Origin.MANUAL,
                "command server", OptionalInt.empty());
        assertThat(firewall.inside(tunnelled(B4, Frames.tcp(HOST, 10000, SERVER, 80, SYN, 100, 0, 0))).reason())
                .isEqualTo(DropReason.BLACKLISTED);
        up(firewall, B4, Frames.tcp(HOST, 10000, "198.51.100.77", 80, SYN, 100, 0, 0));
    }

    @Test
    void theSourceInTheTunnelIsAskedForOnTheListsToo() throws UnknownHostException {
        firewall.firewall.blacklist().add(InetAddress.getByAddress(Frames.address(HOST)), "virus");
        byte[] syn = Frames.tcp(HOST, 10000, SERVER, 80, SYN, 100, 0, 0);
        assertThat(firewall.inside(tunnelled(B4, syn)).reason()).isEqualTo(DropReason.BLACKLISTED);
        up(firewall, B4, Frames.tcp("10.0.0.2", 10000, SERVER, 80, SYN, 100, 0, 0));
        firewall.firewall.whitelist().add(Direction.SOURCE, InetAddress.getByAddress(Frames.address(HOST)), 0, 0, "", OptionalInt.empty());
        up(firewall, B4, syn);
    }

    @Test
    void whatIsNotOfATunnelIsRefused() {
        byte[] syn = Frames.tcp(HOST, 10000, SERVER, 80, SYN, 100, 0, 0);
        assertThat(firewall.outside(tunnelled(B4, syn)).reason()).as("from outside").isEqualTo(DropReason.WRONG_INTERFACE);
        assertThat(firewall.inside(Frames.udp(B4, 1, AFTR, 2, 3)).reason()).isEqualTo(DropReason.SOFTWIRE_REFUSED);
        byte[] spoofed = Frames.tcp("198.51.100.1", 10000, SERVER, 80, SYN, 100, 0, 0);
        assertThat(firewall.inside(tunnelled(B4, spoofed)).reason()).as("not a private source").isEqualTo(DropReason.SOFTWIRE_REFUSED);
        byte[] toTunnel = Frames.udp(HOST, 10000, "192.0.0.1", 80, 1);
        assertThat(firewall.inside(tunnelled(B4, toTunnel)).reason()).isEqualTo(DropReason.SOFTWIRE_REFUSED);
        assertThat(firewall.inside(tunnelled(B4, Frames.sctp(HOST, 1, SERVER, 2, 0, 1, 0, 5))).reason())
                .isEqualTo(DropReason.NAT_UNSUPPORTED);
        assertThat(up(firewall, B4, Frames.udp("192.0.0.2", 9, SERVER, 53, 1))).isNotNull();
    }

    @Test
    void aSubscriberCannotUseUpWhatAllShare() {
        TestFirewall small = new TestFirewall("dslite_aftr", AFTR, "dslite_pool", PUBLIC, "max_dslite_bindings_per_b4", "2");
        up(small, B4, Frames.udp(HOST, 1025, SERVER, 53, 1));
        up(small, B4, Frames.udp(HOST, 1026, SERVER, 53, 1));
        assertThat(small.inside(tunnelled(B4, Frames.udp(HOST, 1027, SERVER, 53, 1))).reason()).isEqualTo(DropReason.NAT_EXHAUSTED);
        up(small, OTHER_B4, Frames.udp(HOST, 1025, SERVER, 53, 1));
        small.pass(61);
        small.pass(121);
        up(small, B4, Frames.udp(HOST, 1027, SERVER, 53, 1));
    }

    @Test
    void noPacketMakesItThrow() {
        Random random = new Random(6333);
        addServer();
        byte[] inner = Frames.udp(HOST, 5000, SERVER, 53, 60);
        byte[][] seeds = {tunnelled(B4, inner), Frames.udp(SERVER, 53, PUBLIC, 5000, 60),
            Frames.fragment6(tunnelled(B4, inner), 1, 0, 48, true), Frames.fragment6(tunnelled(B4, inner), 1, 48, 88, false),
            tunnelled(B4, Frames.error(HOST, SERVER, 3, Frames.udp(SERVER, 53, HOST, 5000, 30), 60)),
            Frames.tcp(SERVER, 99, PUBLIC, 8080, SYN, 1, 0, 9)};
        for (int i = 0; i < 100_000; i++) {
            byte[] frame = seeds[random.nextInt(seeds.length)].clone();
            for (int change = random.nextInt(4); change > 0; change--) {
                frame[IP + random.nextInt(frame.length - IP)] = (byte) random.nextInt();
            }
            firewall.send(random.nextInt(2), random.nextInt(8) == 0 ? Arrays.copyOf(frame, random.nextInt(frame.length)) : frame);
        }
    }

    private static byte[] quoted(byte[] error) {
        byte[] frame = new byte[error.length - 28];
        System.arraycopy(error, IP + 28, frame, IP, frame.length - IP);
        frame[12] = 8;
        return frame;
    }
}
