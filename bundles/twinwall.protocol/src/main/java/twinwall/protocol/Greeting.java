/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.protocol;

import java.nio.ByteBuffer;
import java.util.Locale;

import twinwall.group.Networking;
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
 * @param hellos that the sender wants
 * @param networking how the sender shares the work with its peer
 * @param heartbeatOnly the sender wants no data on this link
 */
record Greeting(int oldest, int newest, String firewall, String group, long incarnation, long clock, Hellos hellos,
        Networking networking, boolean heartbeatOnly) {

    private static final int HEARTBEAT_ONLY = 1;

    void write(ByteBuffer into) {
        into.put((byte) FrameType.GREETING);
        into.putInt(Session.MAGIC);
        Wire.putNumber(into, oldest);
        Wire.putNumber(into, newest);
        Wire.putText(into, firewall);
        Wire.putText(into, group);
        into.putLong(incarnation);
        Wire.putNumber(into, clock);
        Wire.putNumber(into, hellos.intervalMillis());
        Wire.putNumber(into, hellos.misses());
        into.put((byte) networking.ordinal());
        into.put((byte) (heartbeatOnly ? HEARTBEAT_ONLY : 0));
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
        if (networking != here.roles().networking()) {
            throw new ProtocolException("networking", "Peer " + firewall + " has networking=" + named(networking) + "; here it is "
                    + named(here.roles().networking()) + ". Link closed. Give both firewalls the same networking in twinwall.group.");
        }
    }

    private static String named(Networking networking) {
        return networking.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Greeting read(ByteBuffer from) throws ProtocolException {
        if (from.remaining() < 4 || from.getInt() != Session.MAGIC) {
            throw new ProtocolException("not-twinwall", "the first frame is no greeting");
        }
        int oldest = Wire.number(from, 1_000_000, "a version");
        int newest = Wire.number(from, 1_000_000, "a version");
        return new Greeting(oldest, newest, Wire.text(from, "a name"), Wire.text(from, "a name"), Wire.eight(from),
                Wire.clock(from), hellos(from), networking(Wire.octet(from)), (Wire.octet(from) & HEARTBEAT_ONLY) != 0);
    }

    private static Networking networking(int number) throws ProtocolException {
        if (number >= Networking.values().length) {
            throw new ProtocolException("networking", "unknown networking " + number);
        }
        return Networking.values()[number];
    }

    private static Hellos hellos(ByteBuffer from) throws ProtocolException {
        Hellos read = new Hellos(Wire.number(from, 3_600_000, "the hello interval"), Wire.number(from, 1000, "hello misses"));
        if (read.detectionMillis() == 0) {
            throw new ProtocolException("bad-hello", "a hello interval or hello misses of 0");
        }
        return read;
    }
}
