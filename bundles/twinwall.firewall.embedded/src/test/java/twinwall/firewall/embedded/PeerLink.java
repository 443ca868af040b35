/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/** The link by which two firewalls give each other packets, and what leaves each of them because of it. */
final class PeerLink {

    final TestFirewall a;
    final TestFirewall b;
    /** What has left there on its own: the verdict and the frame. */
    final List<Verdict> leftA = new ArrayList<>();
    final List<Verdict> leftB = new ArrayList<>();
    final List<byte[]> framesA = new ArrayList<>();
    final List<byte[]> framesB = new ArrayList<>();
    /** Messages on their way. */
    final Deque<byte[]> toA = new ArrayDeque<>();
    final Deque<byte[]> toB = new ArrayDeque<>();
    boolean up = true;

    PeerLink(TestFirewall a, TestFirewall b) {
        this.a = a;
        this.b = b;
        join(a, leftA, framesA, toB);
        join(b, leftB, framesB, toA);
    }

    private void join(TestFirewall firewall, List<Verdict> left, List<byte[]> frames, Deque<byte[]> out) {
        firewall.firewall.peerTraffic().link(message -> up && out.add(message));
        firewall.firewall.peerTraffic().outlet((number, verdict, frame) -> {
            left.add(verdict);
            frames.add(Arrays.copyOfRange(frame.bytes, frame.offset, frame.offset + frame.length));
        });
    }

    /** Sends and delivers until nothing is under way. */
    void deliver() {
        boolean some;
        do {
            a.firewall.peerTraffic().send();
            b.firewall.peerTraffic().send();
            some = !toA.isEmpty() || !toB.isEmpty();
            deliver(toA, a);
            deliver(toB, b);
        } while (some);
    }

    private static void deliver(Deque<byte[]> from, TestFirewall to) {
        for (byte[] message = from.poll(); message != null; message = from.poll()) {
            to.firewall.peerTraffic().message(message);
        }
    }

    static long peerPackets(TestFirewall firewall, String outcome) {
        return firewall.firewall.peerTraffic().counter().counts().get(outcome);
    }

    static long dropped(TestFirewall firewall, DropReason reason) {
        return firewall.firewall.counters().dropped(reason);
    }
}
