/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.bench;

/**
 * Ethernet frames of TCP connections over IPv4 (RFC 791, RFC 9293), one connection for each number: SYN, SYN-ACK, ACK and RST that a
 * firewall with window checks accepts in this order. Connections of different numbers differ in their client's address or port.
 */
public final class TcpFrames {

    /** Connections that there are. */
    public static final int MOST = 200_000_000;
    /** Bytes of every frame: no options, no data. */
    public static final int LENGTH = 54;

    private static final int IP = 14;
    private static final int TCP = IP + 20;
    private static final int FIRST_PORT = 1024;
    private static final int PORTS = 60_000;
    private static final int CLIENTS = 10 << 24;
    private static final int SERVER = 198 << 24 | 51 << 16 | 100 << 8 | 10;
    private static final int SERVER_PORT = 443;
    private static final int CLIENT_START = 1000;
    private static final int SERVER_START = 5000;

    private final byte[] frame = new byte[LENGTH];

    /** A packet of a connection. */
    public enum Kind {
        /** From the client. */
        SYN(true, 0x02, CLIENT_START, 0),
        /** From the server. */
        SYN_ACK(false, 0x12, SERVER_START, CLIENT_START + 1),
        /** From the client: the handshake is complete; any number of them. */
        ACK(true, 0x10, CLIENT_START + 1, SERVER_START + 1),
        /** From the server, as often as wanted. */
        SERVER_ACK(false, 0x10, SERVER_START + 1, CLIENT_START + 1),
        /** From the client: the connection is over. */
        RST(true, 0x04, CLIENT_START + 1, 0);

        private final boolean client;
        private final int flags;
        private final int sequence;
        private final int acknowledgement;

        Kind(boolean client, int flags, int sequence, int acknowledgement) {
            this.client = client;
            this.flags = flags;
            this.sequence = sequence;
            this.acknowledgement = acknowledgement;
        }

        /** Whether the client sends it. */
        public boolean fromClient() {
            return client;
        }
    }

    /** A maker with a frame of its own. */
    public TcpFrames() {
        frame[0] = 2;
        frame[6] = 2;
        frame[11] = 1;
        frame[12] = 0x08;
        frame[IP] = 0x45;
        put16(IP + 2, LENGTH - IP);
        frame[IP + 6] = 0x40;
        frame[IP + 8] = 64;
        frame[IP + 9] = 6;
        frame[TCP + 12] = 0x50;
        put16(TCP + 14, 65_535);
    }

    /** The packet of that connection, in an array that the next call writes over. */
    public byte[] frame(Kind kind, int connection) {
        if (connection < 0 || connection >= MOST) {
            throw new IllegalArgumentException("connection " + connection + " must be 0 to " + (MOST - 1));
        }
        int client = CLIENTS + 1 + connection / PORTS;
        int port = FIRST_PORT + connection % PORTS;
        put32(IP + 12, kind.client ? client : SERVER);
        put32(IP + 16, kind.client ? SERVER : client);
        put16(TCP, kind.client ? port : SERVER_PORT);
        put16(TCP + 2, kind.client ? SERVER_PORT : port);
        put32(TCP + 4, kind.sequence);
        put32(TCP + 8, kind.acknowledgement);
        frame[TCP + 13] = (byte) kind.flags;
        put16(IP + 10, 0);
        put16(IP + 10, checksum(IP, TCP, 0));
        put16(TCP + 16, 0);
        // The pseudo header: both addresses, protocol and length (RFC 9293, section 3.1).
        put16(TCP + 16, checksum(IP + 12, LENGTH, 6 + LENGTH - TCP));
        return frame;
    }

    private int checksum(int from, int to, int start) {
        int sum = start;
        for (int at = from; at < to; at += 2) {
            sum += (frame[at] & 0xff) << 8 | frame[at + 1] & 0xff;
        }
        sum = (sum & 0xffff) + (sum >>> 16);
        sum = (sum & 0xffff) + (sum >>> 16);
        return ~sum & 0xffff;
    }

    private void put16(int at, int value) {
        frame[at] = (byte) (value >>> 8);
        frame[at + 1] = (byte) value;
    }

    private void put32(int at, int value) {
        put16(at, value >>> 16);
        put16(at + 2, value);
    }
}
