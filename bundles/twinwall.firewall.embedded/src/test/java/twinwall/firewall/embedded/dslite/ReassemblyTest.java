/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.dslite;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;
import twinwall.firewall.embedded.Frame;
import twinwall.firewall.embedded.Frames;
import twinwall.firewall.embedded.packet.Ipv6Fragments;
import twinwall.firewall.embedded.packet.Packet;
import twinwall.firewall.embedded.packet.PacketReader;

class ReassemblyTest {

    private static final String B4 = "2001:db8:1::1";
    private static final String AFTR = "2001:db8::1";
    private static final long SECOND = 1_000_000;

    private final Reassembly reassembly = new Reassembly(8, 20_000, 60);

    private static byte[] tunnelled(int octets) {
        byte[] payload = new byte[octets];
        new Random(octets).nextBytes(payload);
        return Frames.ip(B4, AFTR, 4, payload, -1);
    }

    private byte[] add(byte[] fragment, long now) {
        return reassembly.add(Frames.read(fragment), 0, now);
    }

    @Test
    void fragmentsInAnyOrderMakeTheWholePacket() {
        Random random = new Random(6333);
        for (int octets = 1; octets < 6000; octets += 37) {
            byte[] whole = tunnelled(octets);
            Frame parts = new Frame(new byte[0]);
            Ipv6Fragments.split(whole, 14, 1280, octets, 0, false, parts);
            List<byte[]> all = new ArrayList<>(parts.more());
            all.add(parts.bytes);
            Collections.shuffle(all, random);
            for (int i = 0; i < all.size() - 1; i++) {
                assertThat(add(all.get(i), 0)).isNull();
                assertThat(add(all.get(i), 0)).as("a duplicate").isNull();
            }
            // A packet that fits in one part is an atomic fragment, which is a whole packet (RFC 6946).
            if (all.size() > 1) {
                assertThat(add(all.get(all.size() - 1), 0)).isEqualTo(whole);
            }
            assertThat(all).allMatch(part -> part.length - 14 <= 1280);
        }
        assertThat(reassembly.size()).isZero();
        assertThat(reassembly.octets()).isZero();
    }

    @Test
    void overlappingFragmentsDiscardThePacketAndWhatFollowsOfIt() {
        byte[] whole = tunnelled(100);
        add(Frames.fragment6(whole, 1, 0, 64, true), 0);
        add(Frames.fragment6(whole, 1, 56, 72, true), 0);
        assertThat(add(Frames.fragment6(whole, 1, 64, 100, false), 0)).isNull();
        assertThat(reassembly.octets()).isZero();
        add(Frames.fragment6(whole, 2, 0, 64, true), 0);
        assertThat(add(Frames.fragment6(whole, 2, 64, 100, false), 0)).as("another one is not affected").isEqualTo(whole);
    }

    @Test
    void contradictoryLengthsDiscardIt() {
        byte[] whole = tunnelled(100);
        add(Frames.fragment6(whole, 1, 0, 60, true), 0);
        assertThat(add(Frames.fragment6(whole, 1, 64, 100, false), 0)).as("not a multiple of 8").isNull();
        add(Frames.fragment6(whole, 2, 64, 100, false), 0);
        add(Frames.fragment6(whole, 2, 64, 96, false), 0);
        assertThat(add(Frames.fragment6(whole, 2, 0, 64, true), 0)).as("two ends").isNull();
        add(Frames.fragment6(whole, 3, 0, 32, false), 0);
        assertThat(add(Frames.fragment6(whole, 3, 32, 64, true), 0)).as("behind the end").isNull();
    }

    @Test
    void timeIsBounded() {
        byte[] whole = tunnelled(100);
        add(Frames.fragment6(whole, 1, 0, 64, true), 0);
        assertThat(add(Frames.fragment6(whole, 1, 64, 100, false), 60 * SECOND)).isNull();
        assertThat(reassembly.size()).isEqualTo(1);
    }

    @Test
    void numberAndOctetsAreBoundedAndTheOldestGoesFirst() {
        byte[] whole = tunnelled(100);
        for (int id = 0; id < 9; id++) {
            add(Frames.fragment6(whole, id, 0, 64, true), 0);
        }
        assertThat(reassembly.size()).isEqualTo(8);
        assertThat(add(Frames.fragment6(whole, 8, 64, 100, false), 0)).isEqualTo(whole);
        assertThat(add(Frames.fragment6(whole, 0, 64, 100, false), 0)).isNull();
        byte[] large = tunnelled(9000);
        for (int id = 10; id < 18; id++) {
            add(Frames.fragment6(large, id, 0, 8000, true), 0);
            assertThat(reassembly.octets()).isLessThanOrEqualTo(20_000);
        }
    }

    @Test
    void noFragmentMakesItThrow() {
        Random random = new Random(5722);
        byte[] whole = tunnelled(200);
        PacketReader reader = new PacketReader();
        Packet packet = new Packet();
        for (int i = 0; i < 200_000; i++) {
            int from = 8 * random.nextInt(20);
            byte[] fragment = Frames.fragment6(whole, random.nextInt(4), from, from + random.nextInt(41), random.nextBoolean());
            for (int change = random.nextInt(3); change > 0; change--) {
                fragment[14 + random.nextInt(48)] = (byte) random.nextInt();
            }
            byte[] cut = random.nextInt(8) == 0 ? Arrays.copyOf(fragment, random.nextInt(fragment.length)) : fragment;
            if (reader.frame(packet, cut, 0, cut.length) == null && packet.fragment) {
                reassembly.add(packet, 0, i);
            }
        }
        assertThat(reassembly.size()).isLessThanOrEqualTo(8);
    }
}
