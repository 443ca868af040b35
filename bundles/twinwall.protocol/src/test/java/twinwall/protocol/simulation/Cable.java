/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.protocol.simulation;

import java.util.ArrayList;
import java.util.List;

/** A heartbeat link: at most one good connection, and broken ones that an end has not noticed yet. */
final class Cable {

    final int order;
    /** Frames are held back, as if the wire were cut: nobody notices but by time. */
    boolean silent;
    /** Nothing gets through to the first firewall, or to the second. */
    final boolean[] deaf = new boolean[2];
    /** Whether the first firewall keeps it for heartbeats, and the second. */
    final boolean[] heartbeatOnly = new boolean[2];
    /** A new connection may be made. */
    boolean up = true;
    /** An end that hears nothing seeks another connection. */
    boolean doubted;
    End a;
    End b;
    final List<End> ends = new ArrayList<>();
    private final World world;

    Cable(World world, int order) {
        this.world = world;
        this.order = order;
    }

    /** The first firewall connects when it has no connection. */
    boolean connect() {
        if (!up || silent || deaf[0] || deaf[1] || world.a.stopped || world.b.stopped
                || a != null && !doubted && !a.closed && !a.owner.dead || world.a.dead || world.b.dead) {
            return false;
        }
        doubted = false;
        if (b != null && !b.closed && b.noticeAt < 0) {
            drop(0);
        }
        a = new End(world, world.a, this);
        b = new End(world, world.b, this);
        a.other = b;
        b.other = a;
        a.session = a.owner.member.connected(a, order, heartbeatOnly[0], world.a.now());
        b.session = b.owner.member.connected(b, order, heartbeatOnly[1], world.b.now());
        ends.add(a);
        ends.add(b);
        world.trace("connected " + order);
        return true;
    }

    /** Breaks the connection; the ends notice within this time. */
    void drop(int noticeMillis) {
        if (a != null) {
            world.trace("link " + order + " breaks");
            for (End end : List.of(a, b)) {
                end.breaks(world.random.nextInt(end.sentFrames() + 1), world.now + world.random.nextInt(noticeMillis + 1));
            }
        }
    }

    /** Closes what is to be closed. */
    void settle() {
        for (End end : new ArrayList<>(ends)) {
            if (end.owner.stopped) {
                continue;
            }
            if (end.closing && !end.closed) {
                end.noticed();
                end.breaks(world.random.nextInt(end.sentFrames() + 1), world.now);
                end.other.breaks(0, world.now + world.random.nextInt(50));
            }
            if (end.noticeAt >= 0 && end.noticeAt <= world.now && !end.closed && (end.other.drained() || silent || deaf[end.owner.me])) {
                end.noticed();
            }
        }
        ends.removeIf(end -> end.closed && end.other.closed);
    }

    /** A process has died: its ends are gone without a word. */
    void died(SimFirewall process) {
        for (End end : new ArrayList<>(ends)) {
            if (end.owner == process) {
                end.closed = true;
                end.breaks(world.random.nextInt(end.sentFrames() + 1), world.now);
                end.other.breaks(0, world.now + world.random.nextInt(100));
            }
        }
        settle();
    }

    boolean works() {
        return a != null && !silent && !deaf[0] && !deaf[1]
                && !a.closed && !b.closed && a.noticeAt < 0 && b.noticeAt < 0 && !a.closing && !b.closing
                && a.session.established() && b.session.established();
    }

    static String shown(byte[] frame) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < Math.min(frame.length, 24); i++) {
            text.append(String.format("%02x", frame[i]));
        }
        return frame.length + ":" + text;
    }
}
