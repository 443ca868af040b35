/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static twinwall.firewall.embedded.TestFirewall.CLIENT;
import static twinwall.firewall.embedded.TestFirewall.PUBLIC;
import static twinwall.firewall.embedded.TestFirewall.SERVER;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;

/** Whatever comes in gets a verdict; nothing throws, and what is dropped is left as it was. */
class FuzzTest {

    private static final int ROUNDS = 60_000;

    private final TestFirewall firewall = new TestFirewall("napt_pool", PUBLIC, "verify_transport_checksums", "false",
            "rules", "allow any->any", "max_sessions", "5000");

    private static List<byte[]> packets() {
        List<byte[]> all = new ArrayList<>();
        byte[] query = Frames.udp(CLIENT, 5000, SERVER, 53, 40);
        byte[] query6 = Frames.udp("2001:db8::5", 5000, "2001:db8::9", 53, 1400);
        all.add(query);
        all.add(query6);
        all.add(TestFirewall.syn());
        all.add(TestFirewall.ack());
        all.add(TestFirewall.synAck());
        all.add(Frames.tcp(CLIENT, 4000, SERVER, 80, Frames.SYN, 1, 1, 1000, 7, 3));
        all.add(Frames.tagged(TestFirewall.syn(), 0x88a8, 0x8100));
        all.add(Frames.icmp(CLIENT, SERVER, 8, 5, 1, new byte[20]));
        all.add(Frames.error("192.0.2.1", PUBLIC, 3, Frames.udp(PUBLIC, 5000, SERVER, 53, 40), 60));
        all.add(Frames.error("2001:db8::1", "2001:db8::5", 1, query6, 200));
        all.add(Frames.fragment4(query, 3, 0, 24, true));
        all.add(Frames.fragment4(query, 3, 24, 48, false));
        all.add(Frames.fragment6(query6, 3, 0, 800, true));
        all.add(Frames.fragment6(query6, 3, 800, 1408, false));
        all.add(Frames.sctp(CLIENT, 1, SERVER, 2, 0, 1, 0, 7));
        all.add(Frames.ip("2001:db8::5", "2001:db8::9", 0, new byte[64], -1));
        return all;
    }

    private void process(Random random, byte[] frame, long seed) {
        byte[] before = frame.clone();
        Verdict verdict;
        try {
            verdict = firewall.firewall.process(firewall.now += random.nextInt(1000), random.nextInt(2), new Frame(frame));
        } catch (RuntimeException e) {
            throw new AssertionError("seed " + seed + ", frame " + Arrays.toString(before), e);
        }
        if (!verdict.forwarded()) {
            assertThat(verdict.reason()).as("seed " + seed).isNotNull();
            assertThat(Arrays.equals(frame, before)).as("dropped but changed, seed " + seed).isTrue();
        }
    }

    @Test
    void randomBytesGetAVerdict() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < ROUNDS; i++) {
            byte[] frame = new byte[random.nextInt(120)];
            random.nextBytes(frame);
            if (frame.length > 15) {
                boolean v6 = random.nextBoolean();
                frame[12] = (byte) (v6 ? 0x86 : 8);
                frame[13] = (byte) (v6 ? 0xdd : 0);
                frame[14] = (byte) (v6 ? 0x60 : 0x45);
            }
            process(random, frame, seed);
        }
        assertThat(firewall.firewall.counters().received()).isEqualTo(ROUNDS);
    }

    @Test
    void changedAndCutPacketsGetAVerdict() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<byte[]> packets = packets();
        for (int i = 0; i < ROUNDS; i++) {
            byte[] original = packets.get(random.nextInt(packets.size()));
            byte[] frame = Arrays.copyOf(original, random.nextInt(3) == 0 ? random.nextInt(original.length) + 1 : original.length);
            for (int change = random.nextInt(4); change > 0; change--) {
                frame[random.nextInt(frame.length)] = (byte) random.nextInt();
            }
            boolean ipv4 = frame.length >= 34 && frame[12] == 8 && frame[13] == 0 && 14 + (frame[14] & 15) * 4 <= frame.length;
            if (ipv4 && random.nextBoolean()) {
                Frames.headerChecksum(frame);
            }
            process(random, frame, seed);
        }
        Counters counters = firewall.firewall.counters();
        assertThat(counters.forwarded()).isPositive();
        assertThat(counters.forwarded() + counters.dropped().values().stream().mapToLong(Long::longValue).sum()).isEqualTo(ROUNDS);
        assertThat(TestFirewall.entries(firewall.firewall.ipv4Sessions())).hasSize(counters.ipv4Sessions());
        assertThat(TestFirewall.entries(firewall.firewall.naptMappings())).hasSize(counters.naptMappings());
    }

    @Test
    void everySessionOfAFuzzedTableCanBeRestored() {
        changedAndCutPacketsGetAVerdict();
        TestFirewall peer = new TestFirewall("forwarding", "false", "napt_pool", TestFirewall.PUBLIC);
        firewall.copyTo(peer);
        assertThat(peer.firewall.ipv4Sessions().size()).isEqualTo(firewall.firewall.ipv4Sessions().size());
        assertThat(peer.firewall.ipv6Sessions().size()).isEqualTo(firewall.firewall.ipv6Sessions().size());
        assertThat(peer.firewall.naptMappings().size()).isEqualTo(firewall.firewall.naptMappings().size());
        assertThat(peer.firewall.counters().halfOpenSessions()).isEqualTo(firewall.firewall.counters().halfOpenSessions());
        TestFirewall.entries(firewall.firewall.ipv4Sessions()).forEach(peer.firewall.ipv4Sessions()::forget);
        TestFirewall.entries(firewall.firewall.ipv6Sessions()).forEach(peer.firewall.ipv6Sessions()::forget);
        TestFirewall.entries(firewall.firewall.naptMappings()).forEach(peer.firewall.naptMappings()::forget);
        Counters empty = peer.firewall.counters();
        assertThat(empty.ipv4Sessions() + empty.ipv6Sessions() + empty.naptMappings() + empty.halfOpenSessions()).isZero();
    }
}
