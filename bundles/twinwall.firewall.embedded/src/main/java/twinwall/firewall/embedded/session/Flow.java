/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.session;

import twinwall.firewall.Ip6;
import twinwall.firewall.SessionOwner;
import twinwall.firewall.SessionState;
import twinwall.firewall.embedded.packet.Protocols;

/**
 * One session and the NAPT mapping it uses. About 200 bytes with its places in the flow table, for IPv4 and IPv6 alike. Direction 0 is
 * from the client, direction 1 from the server. A flow may be a mapping alone: one that came from the peer before its session did.
 * <p>
 * It has two sides. The <em>near</em> side is what the client sees: its own address and port, and those it talks to. The <em>far</em>
 * side is what the server sees: with a translated source the public address and port instead of the client's, with a redirected
 * destination the real server's instead of those the client talks to. A crossed flow is IPv6 on the near side and IPv4 on the far one, or
 * the other way round.
 */
public final class Flow extends Timer {

    /** Number of {@code napt_pool}. */
    public static final int NAPT_POOL = 0;

    /** The session table has it. */
    static final int SESSION = 1;
    /** The NAPT table has it. */
    static final int MAPPING = 1 << 1;
    /** The source is translated. */
    static final int TRANSLATED = 1 << 2;
    /** TCP and SCTP: what direction 0 has sent is known; the next bit is direction 1. */
    static final int KNOWN = 1 << 3;
    /** TCP: where direction 0 stands is known from what the other has acknowledged; the next bit is direction 1. */
    static final int HINTED = 1 << 5;
    /** TCP: direction 0 has sent FIN; the next bit is direction 1. */
    static final int FINISHED = 1 << 7;
    /** TCP: the FIN of direction 0 was acknowledged; the next bit is direction 1. */
    static final int FINISH_ACKNOWLEDGED = 1 << 9;
    /** Parts of it were not seen here: it came from the peer, or this firewall stood by meanwhile. */
    static final int LOOSE = 1 << 11;
    /** TCP: both sides sent a SYN of their own. */
    static final int SIMULTANEOUS = 1 << 12;
    /** TCP: another SYN was seen in a session that is further; SCTP: an INIT. */
    static final int RETRIED = 1 << 13;
    /** Came from the peer, and no packet was seen here since. */
    static final int PEER = 1 << 14;
    /** The destination is redirected. */
    static final int REDIRECTED = 1 << 15;
    /** IPv6 on one side, IPv4 on the other. */
    static final int CROSSED = 1 << 16;
    /** To the firewall itself. */
    static final int LOCAL = 1 << 24;

    /** The peer is to know its mapping although the session may not be due for backup. */
    static final int EARLY_MAPPING = 1 << 17;
    /** The peer is to know the session although it may not be due for backup. */
    static final int EARLY_SESSION = 1 << 18;
    /** Taken from the peer in place of an own flow, for whose sake the peer may have given up both its session and its mapping. */
    static final int CONTESTED = 1 << 19;
    private static final SessionState[] STATES = SessionState.values();
    private static final SessionOwner[] OWNERS = SessionOwner.values();

    public long clientHigh;
    public long clientLow;
    public long serverHigh;
    public long serverLow;
    /** Client port in the high 16 bits, server port in the low ones. */
    public int ports;
    public int publicAddress;
    public char publicPort;
    public int realAddress;
    public char realPort;
    /** The client's end of the tunnel its packets come through; {@code null} without one. {@link #clientHigh} is then its hash. */
    public Ip6 softwire;
    /** Where the real server is when {@link #realAddress} does not say it; {@code null} nearly always. */
    public FarSide far;
    /** Number of the kind of address translation that gave the source, 0 for none; see {@link twinwall.firewall.embedded.nat.NatPolicy}. */
    public byte sourceKind;
    /** Number of the kind of address translation that gave the destination, 0 for none. */
    public byte destinationKind;
    public char rule;
    public byte protocol;
    public boolean v6;
    public byte fromZone;
    public byte toZone;
    public byte pool;
    /** Client's shift in the high, server's in the low four bits; 15 for none. */
    public byte windowScales = (byte) 0xff;
    public int createdSeconds;
    /** Marks the login of the user that it belongs to, 0 when it is not known to belong to any; see {@code aaa.UserGate}. */
    public int login;
    public long lastSeenMicros;
    public long forwardPackets;
    public long reversePackets;
    public long forwardBytes;
    public long reverseBytes;

    byte state;
    byte owner;
    /** When the peer last told of it, tenths of a second; 0 when it never has. */
    int heard;
    /** When the peer was last told of it, tenths of a second; 0 when it was not. */
    int told;
    int flags;
    int epoch;
    int index = -1;

    /** TCP: the sequence number behind the last octet sent. SCTP: the tag that this direction's packets carry. */
    int end0;
    int end1;
    /** TCP: the sequence number behind the last octet that the other side's window allows. */
    int limit0;
    int limit1;
    /** TCP: the largest window offered. */
    int window0;
    int window1;
    /** TCP: sequence number of the client's latest SYN. SCTP: tag of the latest INIT. */
    int attempt;

    /** How far it has come. */
    public SessionState state() {
        return STATES[state];
    }

    /** Which firewall it belongs to. */
    public SessionOwner owner() {
        return OWNERS[owner];
    }

    void owner(SessionOwner now) {
        owner = (byte) now.ordinal();
    }

    /** IP protocol number. */
    public int protocolNumber() {
        return protocol & 0xff;
    }

    /** Whether the session table has it. */
    public boolean isSession() {
        return is(SESSION);
    }

    /** Whether the NAPT table has it. */
    public boolean isMapping() {
        return is(MAPPING);
    }

    /** Whether the client appears under {@link #publicAddress} and {@link #publicPort} to the server. */
    public boolean isTranslated() {
        return is(TRANSLATED);
    }

    /** Whether it came from the peer, and no packet was seen here since. */
    public boolean isUnused() {
        return is(PEER);
    }

    /** Whether the client's packets go to {@link #realAddress} and {@link #realPort} instead of where it sends them. */
    public boolean isRedirected() {
        return is(REDIRECTED);
    }

    /** Whether it is IPv6 on one side and IPv4 on the other. */
    public boolean isCrossed() {
        return is(CROSSED);
    }

    /** The client appears to the server under this address and port. */
    public void translate(int address, int port) {
        publicAddress = address;
        publicPort = (char) port;
        set(TRANSLATED);
    }

    /** The NAPT table has it, from the moment it is in the flow table on; {@code number} is that of the pool. */
    public void useMapping(int number) {
        pool = (byte) number;
        set(MAPPING);
    }

    /** The client's packets go to this address and port. */
    public void redirect(int address, int port) {
        realAddress = address;
        realPort = (char) port;
        set(REDIRECTED);
    }

    /** The flow, IPv6 on the near side, is IPv4 on the far one, with both addresses given by {@link #translate} and {@link #redirect}. */
    public void cross() {
        set(CROSSED);
    }

    /** The client's packets go to this address and port behind a tunnel. */
    public void redirect(Ip6 softwireEnd, int address, int port) {
        redirect(address, port);
        far = FarSide.behind(softwireEnd, address);
    }

    /** The client, which is in IPv4, appears as {@code client} to the server in IPv6 that its packets go to. */
    public void crossTo(Ip6 client, Ip6 server, int port) {
        redirect(0, port);
        far = FarSide.of(client, server);
        set(CROSSED);
    }

    /** The end of the tunnel that packets of the direction leave through; {@code null} when they leave through none. */
    public Ip6 softwireAfter(int direction) {
        return direction == 1 ? softwire : far == null ? null : far.softwire();
    }

    /** Whether the server sees IPv6. */
    public boolean farV6() {
        return v6 != is(CROSSED);
    }

    /** The protocol that the server sees. */
    public int farProtocol() {
        if (is(CROSSED) && (protocol == Protocols.ICMPV6 || protocol == Protocols.ICMP)) {
            return v6 ? Protocols.ICMP : Protocols.ICMPV6;
        }
        return protocolNumber();
    }

    /** The first half of the server's address on the far side; of IPv4 the hash of its tunnel, 0 without one. */
    public long farServerHigh() {
        return far != null ? far.serverHigh() : is(REDIRECTED) ? 0 : serverHigh;
    }

    /** The server's address on the far side, of IPv6 the second half. */
    public long farServerLow() {
        return far != null ? far.serverLow() : is(REDIRECTED) ? realAddress & 0xffffffffL : serverLow;
    }

    /** The first half of the client's address on the far side; 0 when that is IPv4. */
    public long farClientHigh() {
        return far != null && far.v6() ? far.clientHigh() : is(TRANSLATED) ? 0 : clientHigh;
    }

    /** The client's address on the far side, of IPv6 the second half. */
    public long farClientLow() {
        return far != null && far.v6() ? far.clientLow() : is(TRANSLATED) ? publicAddress & 0xffffffffL : clientLow;
    }

    /** The server's port on the far side. */
    public int farServerPort() {
        return is(REDIRECTED) ? realPort : ports & 0xffff;
    }

    /** The client's port on the far side. */
    public int farClientPort() {
        return is(TRANSLATED) ? publicPort : ports >>> 16;
    }

    /** Ports as in packets of direction 1. */
    int farPorts() {
        return farServerPort() << 16 | farClientPort();
    }

    /** Zone that packets of the direction go to. */
    public int zoneAfter(int direction) {
        return direction == 0 ? toZone : fromZone;
    }

    /** Zone that packets of the direction come from. */
    public int zoneBefore(int direction) {
        return direction == 0 ? fromZone : toZone;
    }

    boolean is(int flag) {
        return (flags & flag) != 0;
    }

    void set(int flag) {
        flags |= flag;
    }

    void set(int flag, boolean whether) {
        flags = whether ? flags | flag : flags & ~flag;
    }

    void clear(int flag) {
        flags &= ~flag;
    }

    int end(int direction) {
        return direction == 0 ? end0 : end1;
    }

    void end(int direction, int value) {
        if (direction == 0) {
            end0 = value;
        } else {
            end1 = value;
        }
    }

    int limit(int direction) {
        return direction == 0 ? limit0 : limit1;
    }

    void limit(int direction, int value) {
        if (direction == 0) {
            limit0 = value;
        } else {
            limit1 = value;
        }
    }

    int window(int direction) {
        return direction == 0 ? window0 : window1;
    }

    void window(int direction, int value) {
        if (direction == 0) {
            window0 = value;
        } else {
            window1 = value;
        }
    }

    /** What was known of sequence numbers and tags may be out of date: learn it again from the packets to come. */
    void learnAgain() {
        clear(KNOWN | KNOWN << 1 | HINTED | HINTED << 1 | RETRIED);
        set(LOOSE);
        window0 = 0;
        window1 = 0;
    }

    /** Nothing of an earlier connection between the same ends counts any more. */
    void startOver() {
        clear(KNOWN | KNOWN << 1 | HINTED | HINTED << 1 | FINISHED | FINISHED << 1 | FINISH_ACKNOWLEDGED | FINISH_ACKNOWLEDGED << 1 | LOOSE
                | SIMULTANEOUS | RETRIED | PEER);
        state = 0;
        windowScales = (byte) 0xff;
        forwardPackets = 0;
        reversePackets = 0;
        forwardBytes = 0;
        reverseBytes = 0;
        window0 = 0;
        window1 = 0;
    }
}
