/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.slb.l7;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/**
 * The session identifier in the first message of a TLS client or server, read from the raw stream (RFC 5246, section 7.4.1; RFC 8446,
 * section 4.1). Whatever the octets are, reading ends.
 *
 * @param state whether it could be read
 * @param sessionId 0 to 32 bytes
 * @param byTicket a server chose TLS 1.3, or gives a session ticket (RFC 5077): the session identifier means nothing, and the client will
 *     show a ticket that nobody else can read
 */
record TlsHello(State state, byte[] sessionId, boolean byTicket) {

    /** Octets of a hello, with its records, at most. */
    static final int MOST_BYTES = 16 * 1024;

    static final int CLIENT = 1;
    static final int SERVER = 2;

    private static final int MOST_RECORDS = 64;
    private static final int RECORD_HEADER = 5;
    private static final int HANDSHAKE = 22;
    private static final int MESSAGE_HEADER = 4;
    private static final int MOST_SESSION_ID = 32;
    private static final int VERSION_AND_RANDOM = 34;
    private static final int SESSION_TICKET = 35;
    private static final int SUPPORTED_VERSIONS = 43;
    private static final int TLS13 = 0x0304;
    private static final byte[] NONE = {};

    /** Whether a hello could be read. */
    enum State {
        /** More octets are needed. */
        INCOMPLETE,
        /** It is no hello, or larger than it may be. */
        NO_HELLO,
        /** It is complete. */
        COMPLETE
    }

    /** Reads the first message in a stream's first {@code length} octets; {@code type}: {@link #CLIENT} or {@link #SERVER}. */
    static TlsHello read(byte[] stream, int length, int type) {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        int at = 0;
        for (int record = 0; record < MOST_RECORDS; record++) {
            if (length - at < RECORD_HEADER) {
                return length >= MOST_BYTES || length > at && stream[at] != HANDSHAKE ? of(State.NO_HELLO) : of(State.INCOMPLETE);
            }
            int fragment = number(stream, at + 3, 2);
            if (stream[at] != HANDSHAKE || stream[at + 1] != 3 || fragment == 0 || fragment > MOST_BYTES) {
                return of(State.NO_HELLO);
            }
            int there = Math.min(fragment, length - at - RECORD_HEADER);
            message.write(stream, at + RECORD_HEADER, there);
            byte[] bytes = message.toByteArray();
            if (bytes.length > 0 && bytes[0] != type) {
                return of(State.NO_HELLO);
            }
            if (bytes.length >= MESSAGE_HEADER) {
                int needed = number(bytes, 1, 3);
                if (needed > MOST_BYTES) {
                    return of(State.NO_HELLO);
                }
                if (bytes.length - MESSAGE_HEADER >= needed) {
                    return body(bytes, MESSAGE_HEADER + needed, type);
                }
            }
            if (there < fragment) {
                return of(length >= MOST_BYTES ? State.NO_HELLO : State.INCOMPLETE);
            }
            at += RECORD_HEADER + fragment;
        }
        return of(State.NO_HELLO);
    }

    private static TlsHello body(byte[] message, int end, int type) {
        int at = MESSAGE_HEADER + VERSION_AND_RANDOM;
        int idLength = at < end ? message[at] & 0xff : -1;
        if (idLength < 0 || idLength > MOST_SESSION_ID || end - at - 1 < idLength) {
            return of(State.NO_HELLO);
        }
        byte[] id = Arrays.copyOfRange(message, at + 1, at + 1 + idLength);
        return new TlsHello(State.COMPLETE, id, type == SERVER && byTicket(message, at + 1 + idLength, end));
    }

    /** Looks through a server's extensions, behind cipher suite and compression method. */
    private static boolean byTicket(byte[] message, int from, int end) {
        int at = from + 5;
        while (end - at >= 4) {
            int extension = number(message, at, 2);
            int length = number(message, at + 2, 2);
            if (length > end - at - 4) {
                return false;
            }
            if (extension == SESSION_TICKET || extension == SUPPORTED_VERSIONS && length == 2 && number(message, at + 4, 2) == TLS13) {
                return true;
            }
            at += 4 + length;
        }
        return false;
    }

    private static int number(byte[] bytes, int at, int count) {
        int number = 0;
        for (int i = 0; i < count; i++) {
            number = number << 8 | bytes[at + i] & 0xff;
        }
        return number;
    }

    private static TlsHello of(State state) {
        return new TlsHello(state, NONE, false);
    }
}
