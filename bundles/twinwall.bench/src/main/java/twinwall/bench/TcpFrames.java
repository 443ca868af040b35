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

    private static final int TCP = Ipv4Frame.PAYLOAD;
    private static final int FIRST_PORT = 1024;
    private static final int PORTS = 60_000;
    private static final int CLIENTS = 10 << 24;
    private static final int SERVER = 198 << 24 | 51 << 16 | 100 << 8 | 10;
    private static final int SERVER_PORT = 443;
    private static final int CLIENT_START = 1000;
    private static final int SERVER_START = 5000;

    private final Ipv4Frame frame = new Ipv4Frame(6, LENGTH - TCP);

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
        frame.bytes[TCP + 12] = 0x50;
        frame.put16(TCP + 14, 65_535);
    }

    /** The packet of that connection, in an array that the next call writes over. */
    public byte[] frame(Kind kind, int connection) {
        if (connection < 0 || connection >= MOST) {
            throw new IllegalArgumentException("connection " + connection + " must be 0 to " + (MOST - 1));
        }
        int client = CLIENTS + 1 + connection / PORTS;
        int port = FIRST_PORT + connection % PORTS;
        frame.addresses(kind.client ? client : SERVER, kind.client ? SERVER : client);
        frame.put16(TCP, kind.client ? port : SERVER_PORT);
        frame.put16(TCP + 2, kind.client ? SERVER_PORT : port);
        frame.put32(TCP + 4, kind.sequence);
        frame.put32(TCP + 8, kind.acknowledgement);
        frame.bytes[TCP + 13] = (byte) kind.flags;
        frame.transportChecksum(TCP + 16);
        return frame.bytes;
    }
}
