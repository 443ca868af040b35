/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.session;

import twinwall.firewall.SessionState;

/**
 * One session and the NAPT mapping it uses. About 200 bytes with its places in the flow table, for IPv4 and IPv6 alike. Direction 0 is
 * from the client, direction 1 from the server. A flow may be a mapping alone: one that came from the peer before its session did.
 */
public final class Flow extends Timer {

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

    private static final SessionState[] STATES = SessionState.values();

    public long clientHigh;
    public long clientLow;
    public long serverHigh;
    public long serverLow;
    /** Client port in the high 16 bits, server port in the low ones. */
    public int ports;
    public int publicAddress;
    public char publicPort;
    public char rule;
    public byte protocol;
    public boolean v6;
    public byte fromZone;
    public byte toZone;
    public byte pool;
    /** Client's shift in the high, server's in the low four bits; 15 for none. */
    public byte windowScales = (byte) 0xff;
    public int createdSeconds;
    public long lastSeenMicros;
    public long forwardPackets;
    public long reversePackets;
    public long forwardBytes;
    public long reverseBytes;

    byte state;
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
