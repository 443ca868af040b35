/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;

import org.junit.jupiter.api.Test;

class ServersTest {

    private static final String CLIENT = "10.0.0.1";
    private static final String SERVER = "198.51.100.1";
    private static final String PUBLIC = "203.0.113.1";

    private final Servers servers = new Servers();
    private final Flow flow = flow(Frames.tcp(CLIENT, 4000, SERVER, 80, Frames.SYN));

    @Test
    void aServerAnswersToTheAddressThatTheFirewallGaveTheClient() {
        servers.hears(Frames.tcp(PUBLIC, 1024, SERVER, 80, Frames.SYN), flow);
        byte[] answer = Frames.tcp(SERVER, 80, CLIENT, 4000, Frames.SYN_ACK);

        servers.address(answer, flow);

        assertThat(answer).isEqualTo(Frames.tcp(SERVER, 80, PUBLIC, 1024, Frames.SYN_ACK));
        assertThat(Frames.sound(answer)).isTrue();
    }

    @Test
    void withoutTranslationNothingIsChanged() {
        servers.hears(Frames.tcp(CLIENT, 4000, SERVER, 80, Frames.SYN), flow);
        byte[] answer = Frames.tcp(SERVER, 80, CLIENT, 4000, Frames.SYN_ACK);

        servers.address(answer, flow);

        assertThat(answer).isEqualTo(Frames.tcp(SERVER, 80, CLIENT, 4000, Frames.SYN_ACK));
    }

    @Test
    void aClientThatWasNeverHeardKeepsItsAddress() {
        byte[] answer = Frames.tcp(SERVER, 80, CLIENT, 4000, Frames.SYN_ACK);

        servers.address(answer, flow);

        assertThat(answer).isEqualTo(Frames.tcp(SERVER, 80, CLIENT, 4000, Frames.SYN_ACK));
    }

    @Test
    void udpAndPingAreReaddressedWithRightChecksums() {
        Flow udp = flow(Frames.udp(CLIENT, 4000, SERVER, 53));
        Flow ping = new Flow(1, 4, PacketFacts.ICMP, ip(CLIENT), 7, ip(SERVER), 7);
        servers.hears(Frames.udp(PUBLIC, 5353, SERVER, 53), udp);
        servers.hears(Frames.icmp(PUBLIC, SERVER, 8, 9), ping);
        byte[] answer = Frames.udp(SERVER, 53, CLIENT, 4000);
        byte[] reply = Frames.icmp(SERVER, CLIENT, 0, 7);

        servers.address(answer, udp);
        servers.address(reply, ping);

        assertThat(answer).isEqualTo(Frames.udp(SERVER, 53, PUBLIC, 5353));
        assertThat(reply).isEqualTo(Frames.icmp(SERVER, PUBLIC, 0, 9));
    }

    @Test
    void aUdpChecksumOfZeroStaysZero() {
        Flow udp = flow(Frames.udp(CLIENT, 4000, SERVER, 53));
        servers.hears(Frames.udp(PUBLIC, 5353, SERVER, 53), udp);
        byte[] answer = Frames.udp(SERVER, 53, CLIENT, 4000);
        Arrays.fill(answer, 40, 42, (byte) 0);

        servers.address(answer, udp);

        assertThat(Arrays.copyOfRange(answer, 40, 42)).containsOnly(0);
    }

    @Test
    void anErrorNamesTheTranslatedClientInsideToo() {
        for (byte[] mine : new byte[][] {Frames.tcp(CLIENT, 4000, SERVER, 80, Frames.SYN), Frames.udp(CLIENT, 4000, SERVER, 80),
            Frames.icmp(CLIENT, SERVER, 8, 4000)}) {
            byte[] translated = switch (mine[23]) {
                case PacketFacts.TCP -> Frames.tcp(PUBLIC, 1024, SERVER, 80, Frames.SYN);
                case PacketFacts.UDP -> Frames.udp(PUBLIC, 1024, SERVER, 80);
                default -> Frames.icmp(PUBLIC, SERVER, 8, 1024);
            };
            Servers fresh = new Servers();
            Flow about = flow(mine);
            fresh.hears(translated, about);
            byte[] error = Frames.icmpError("192.0.2.7", CLIENT, mine);

            fresh.address(error, about);

            assertThat(error).isEqualTo(Frames.icmpError("192.0.2.7", PUBLIC, translated));
        }
    }

    @Test
    void aLaterFragmentIsReaddressedWithoutPorts() {
        servers.hears(Frames.tcp(PUBLIC, 1024, SERVER, 80, Frames.SYN), flow);
        byte[] later = Frames.fragment(Frames.tcp(SERVER, 80, CLIENT, 4000, Frames.ACK), 5, 100, false);
        byte[] before = later.clone();

        servers.address(later, flow);

        assertThat(PacketParser.parse(later).destination()).isEqualTo(ip(PUBLIC));
        assertThat(Arrays.copyOfRange(later, 34, later.length)).isEqualTo(Arrays.copyOfRange(before, 34, before.length));
    }

    @Test
    void afterAFailoverAServerDoesNotKnowAClientThatComesFromElsewhere() {
        servers.hears(Frames.tcp(PUBLIC, 1024, SERVER, 80, Frames.SYN), flow);
        servers.failOver();

        assertThat(servers.hears(Frames.tcp(PUBLIC, 1024, SERVER, 80, Frames.ACK), flow)).isTrue();
        assertThat(servers.hears(Frames.tcp(PUBLIC, 1025, SERVER, 80, Frames.ACK), flow)).isFalse();
        assertThat(servers.hears(Frames.tcp("203.0.113.2", 1024, SERVER, 80, Frames.ACK), flow)).isFalse();
        assertThat(servers.hears(Frames.tcp(PUBLIC, 1025, SERVER, 80, Frames.SYN), flow)).isTrue();
    }

    @Test
    void damagedFramesAreReadAndReaddressedWithoutAnException() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        byte[][] good = {Frames.tcp(SERVER, 80, CLIENT, 4000, Frames.ACK), Frames.icmpError("192.0.2.7", CLIENT,
                Frames.udp(CLIENT, 4000, SERVER, 80)), Frames.udp(SERVER, 80, CLIENT, 4000)};
        servers.hears(Frames.tcp(PUBLIC, 1024, SERVER, 80, Frames.SYN), flow);
        Planner planner = new Planner();
        for (int i = 0; i < 20_000; i++) {
            byte[] frame = Arrays.copyOf(good[i % good.length], random.nextInt(good[i % good.length].length + 1));
            for (int flips = random.nextInt(4); flips > 0 && frame.length > 0; flips--) {
                frame[random.nextInt(frame.length)] = (byte) random.nextInt(256);
            }
            try {
                servers.address(frame, flow);
                servers.hears(frame, flow);
                planner.add(i, frame);
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed + ", run " + i, e);
            }
        }
        assertThat(planner.plan().packets()).isEqualTo(20_000);
    }

    private static Flow flow(byte[] first) {
        return Flow.begunBy(PacketParser.parse(first), 0);
    }

    private static Ip ip(String literal) {
        return PacketParser.parse(Frames.udp(literal, 1, literal, 1)).source();
    }
}
