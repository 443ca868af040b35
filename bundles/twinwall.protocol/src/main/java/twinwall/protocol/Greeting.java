/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.protocol;

import java.nio.ByteBuffer;

import twinwall.link.ProtocolException;

/**
 * The first frame of a connection, both ways.
 *
 * @param oldest oldest protocol version spoken
 * @param newest newest protocol version spoken
 * @param firewall the sender's name
 * @param group the name of its peer
 * @param incarnation of the sender's process
 * @param clock the largest clock of the sender's tables
 * @param helloIntervalMillis between hellos
 * @param helloMisses until the peer is down
 */
record Greeting(int oldest, int newest, String firewall, String group, long incarnation, long clock, long helloIntervalMillis,
        int helloMisses) {

    void write(ByteBuffer into) {
        into.put((byte) FrameType.GREETING);
        into.putInt(Session.MAGIC);
        Wire.putNumber(into, oldest);
        Wire.putNumber(into, newest);
        Wire.putText(into, firewall);
        Wire.putText(into, group);
        into.putLong(incarnation);
        Wire.putNumber(into, clock);
        Wire.putNumber(into, helloIntervalMillis);
        Wire.putNumber(into, helloMisses);
    }

    /** Refuses a peer that this firewall cannot work with, saying what to do. */
    void check(MemberSettings here) throws ProtocolException {
        if (oldest > Session.NEWEST_VERSION || newest < Session.OLDEST_VERSION) {
            throw new ProtocolException("version", "Peer " + firewall + " speaks protocol " + oldest + " to " + newest
                    + "; this firewall speaks " + Session.OLDEST_VERSION + " to " + Session.NEWEST_VERSION
                    + ". Link closed. Upgrade the older firewall first.");
        }
        if (!firewall.equals(here.peer()) || !group.equals(here.firewall())) {
            throw new ProtocolException("wrong-peer", "This is " + here.firewall() + " and expects " + here.peer() + "; the peer is "
                    + firewall + " and expects " + group + ". Link closed. Correct firewall and peer in twinwall.group.");
        }
        if (helloIntervalMillis != here.helloIntervalMillis() || helloMisses != here.helloMisses()) {
            throw new ProtocolException("hello-interval", "Peer " + firewall + " says hello every " + helloIntervalMillis
                    + " ms and gives up after " + helloMisses + " misses; here it is " + here.helloIntervalMillis() + " ms and "
                    + here.helloMisses() + ". Roles would flap. Link closed. Give both firewalls the same values.");
        }
    }

    static Greeting read(ByteBuffer from) throws ProtocolException {
        if (from.remaining() < 4 || from.getInt() != Session.MAGIC) {
            throw new ProtocolException("not-twinwall", "the first frame is no greeting");
        }
        int oldest = Wire.number(from, 1_000_000, "a version");
        int newest = Wire.number(from, 1_000_000, "a version");
        return new Greeting(oldest, newest, Wire.text(from, "a name"), Wire.text(from, "a name"), Wire.eight(from),
                Wire.clock(from), Wire.number(from, 3_600_000, "the hello interval"), Wire.number(from, 1000, "hello misses"));
    }
}
