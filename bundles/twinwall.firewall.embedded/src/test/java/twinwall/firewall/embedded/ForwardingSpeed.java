/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

import twinwall.firewall.Ip4;
import twinwall.firewall.Ipv4Session;
import twinwall.firewall.SessionState;

/**
 * How many packets of established IPv4 sessions go through one firewall on one thread in a second. Arguments: sessions, seconds. Packets
 * are taken in random order and prepared beforehand; without and with NAPT; with NAPT the frame is put back between, as a network card
 * would bring a new one. Once with a lease that is asked for each packet, as in a group.
 */
public final class ForwardingSpeed {

    private static final long START = 1_700_000_000_000_000L;

    private static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();

    private ForwardingSpeed() {
    }

    public static void main(String[] arguments) {
        int sessions = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 100_000;
        int seconds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 5;
        run("tcp, no napt", sessions, seconds, Map.of("forwarding", "true"));
        run("tcp, no napt, lease", sessions, seconds, Map.of("forwarding", "true"));
        takeOver(200_000);
        run("tcp, napt", sessions, seconds, Map.of("forwarding", "true", "napt_pool", "203.0.113.0/28"));
    }

    private static void takeOver(int sessions) {
        EmbeddedFirewall firewall = new EmbeddedFirewall(FirewallSettings.defaults());
        long began = System.nanoTime();
        for (int i = 0; i < sessions; i++) {
            firewall.ipv4Sessions().restore(new Ipv4Session(0, Optional.empty(), 6, new Ip4(0x0a000000 + i), new Ip4(0xc6336401), 1000,
                    443, SessionState.ESTABLISHED, 1, 2, 1, false, START / 1_000_000, 0x77, Optional.empty(),
                    Optional.empty(), 3600, 9, 9, 900, 900));
        }
        long restored = System.nanoTime();
        byte[] frame = Frames.tcp("10.0.0.1", 1000, "198.51.100.1", 443, Frames.ACK, 1, 1, 100);
        long takeover = System.nanoTime();
        firewall.setForwarding(true);
        expect(firewall.process(START, 0, new Frame(frame)));
        System.out.printf("takeover     %,d sessions: restored at %.2f M/s, first packet %.3f ms after the role change%n", sessions,
                sessions * 1e3 / (restored - began), (System.nanoTime() - takeover) / 1e6);
    }

    private static void run(String name, int sessions, int seconds, Map<String, String> settings) {
        EmbeddedFirewall firewall = new EmbeddedFirewall(FirewallSettings.of(settings));
        if (name.endsWith("lease")) {
            long until = System.nanoTime() / 1_000_000 + 3_600_000;
            firewall.lease(() -> System.nanoTime() / 1_000_000 < until);
        }
        Runtime runtime = Runtime.getRuntime();
        System.gc();
        long before = runtime.totalMemory() - runtime.freeMemory();
        for (int i = 0; i < sessions; i++) {
            String client = client(i);
            String server = "198.51.100." + (i & 127);
            byte[] syn = Frames.tcp(client, 1024 + i % 60000, server, 443, Frames.SYN, 1000, 0, 0);
            expect(firewall.process(START, 0, new Frame(syn)));
            String[] seen = Frames.source(syn).split(":");
            byte[] answer = Frames.tcp(server, 443, seen[0], Integer.parseInt(seen[1]), Frames.SYN | Frames.ACK, 5000, 1001, 0);
            expect(firewall.process(START, 1, new Frame(answer)));
            byte[] ack = Frames.tcp(client, 1024 + i % 60000, server, 443, Frames.ACK, 1001, 5001, 0);
            expect(firewall.process(START, 0, new Frame(ack)));
        }
        System.gc();
        long bytes = (runtime.totalMemory() - runtime.freeMemory() - before) / sessions;
        byte[][] frames = new byte[Math.min(sessions, 1 << 17)][];
        Random random = new Random(7);
        for (int i = 0; i < frames.length; i++) {
            int session = random.nextInt(sessions);
            frames[i] = Frames.tcp(client(session), 1024 + session % 60000, "198.51.100." + (session & 127), 443, Frames.ACK | Frames.PSH,
                    1001, 5001, 10);
        }
        byte[] room = new byte[2048];
        measure(firewall, frames, room, 2);
        long cpu = CPU.getCurrentThreadCpuTime();
        long began = System.nanoTime();
        long packets = measure(firewall, frames, room, seconds);
        System.out.printf("%-12s %,d sessions, %d B each: %.2f M packets/s, %.2f M per second of CPU%n", name, sessions, bytes,
                packets * 1e3 / (System.nanoTime() - began), packets * 1e3 / (CPU.getCurrentThreadCpuTime() - cpu));
    }

    private static long measure(EmbeddedFirewall firewall, byte[][] frames, byte[] room, int seconds) {
        long packets = 0;
        long began = System.nanoTime();
        long elapsed = 0;
        while (elapsed < seconds * 1_000_000_000L) {
            long now = START + elapsed / 1000;
            for (byte[] frame : frames) {
                System.arraycopy(frame, 0, room, 0, frame.length);
                expect(firewall.process(now, 0, new Frame(room, 0, frame.length)));
            }
            packets += frames.length;
            elapsed = System.nanoTime() - began;
        }
        return packets;
    }

    private static String client(int i) {
        return "10." + (i >> 16 & 255) + "." + (i >> 8 & 255) + "." + (i & 255);
    }

    private static void expect(Verdict verdict) {
        if (!verdict.forwarded()) {
            throw new IllegalStateException(verdict.toString());
        }
    }
}
