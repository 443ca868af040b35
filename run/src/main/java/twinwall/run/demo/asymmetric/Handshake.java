/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.demo.asymmetric;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.LockSupport;

import twinwall.run.pair.PacketPath;
import twinwall.run.pair.PacketPath.Passage;
import twinwall.run.tables.scenario.Packets;

/** Real TCP connections from inside to outside: what the client sends goes through FW_A, what the server sends through FW_B. */
final class Handshake {

    /** Where a connection stops that has lost the race. */
    static final String LOST_RACE = "SYN-ACK through FW_B: no-session";

    private static final int INSIDE = 0;
    private static final int OUTSIDE = 1;
    private static final String SERVER = "198.51.100.9";
    private static final int SERVER_PORT = 80;
    private static final byte[] DATA = "twinwall".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NOTHING = {};
    private static final int CLIENT_SEQUENCE = 1000;
    private static final int SERVER_SEQUENCE = 5000;
    private static final int PORTS_PER_CLIENT = 50_000;
    private static final int FIRST_PORT = 10_000;

    private final PacketPath a;
    private final PacketPath b;
    private int connections;
    private String client;
    private int port;

    Handshake(PacketPath a, PacketPath b) {
        this.a = a;
        this.b = b;
    }

    /**
     * Opens another connection and sends data both ways.
     *
     * @param delayNanos at least so long the SYN is on its way to the server and the answer on its way to FW_B
     */
    Attempt connect(long delayNanos) throws IOException {
        client = "10.1." + connections / PORTS_PER_CLIENT / 250 + "." + (connections / PORTS_PER_CLIENT % 250 + 1);
        port = FIRST_PORT + connections++ % PORTS_PER_CLIENT;
        long begin = System.nanoTime();
        Passage syn = fromClient(Packets.SYN, CLIENT_SEQUENCE, 0, NOTHING);
        long left = System.nanoTime();
        if (!syn.forwarded()) {
            return new Attempt(-1, -1, "SYN through FW_A: " + syn.reason(), false);
        }
        sleepUntil(left + delayNanos);
        long answered = System.nanoTime();
        Passage answer = fromServer(Packets.SYN | Packets.ACK, SERVER_SEQUENCE, NOTHING, CLIENT_SEQUENCE + 1);
        String stopped = !answer.forwarded() ? "SYN-ACK through FW_B: " + answer.reason() : goOn();
        return new Attempt(left - begin, answered - left, stopped, stopped.equals(LOST_RACE));
    }

    private String goOn() throws IOException {
        Passage ack = fromClient(Packets.ACK, CLIENT_SEQUENCE + 1, SERVER_SEQUENCE + 1, NOTHING);
        if (!ack.forwarded()) {
            return "ACK through FW_A: " + ack.reason();
        }
        Passage request = fromClient(Packets.ACK, CLIENT_SEQUENCE + 1, SERVER_SEQUENCE + 1, DATA);
        if (!request.forwarded()) {
            return "client's data through FW_A: " + request.reason();
        }
        Passage response = fromServer(Packets.ACK, SERVER_SEQUENCE + 1, DATA, CLIENT_SEQUENCE + 1 + DATA.length);
        return response.forwarded() ? "" : "server's data through FW_B: " + response.reason();
    }

    private Passage fromClient(int flags, int sequence, int acknowledgement, byte[] data) throws IOException {
        return a.send(micros(), INSIDE, Packets.tcp(client, port, SERVER, SERVER_PORT, flags, sequence, acknowledgement, data));
    }

    private Passage fromServer(int flags, int sequence, byte[] data, int acknowledgement) throws IOException {
        return b.send(micros(), OUTSIDE, Packets.tcp(SERVER, SERVER_PORT, client, port, flags, sequence, acknowledgement, data));
    }

    private static long micros() {
        return System.currentTimeMillis() * 1000;
    }

    /** A busy wait would take the processor from the firewalls. */
    private static void sleepUntil(long end) {
        for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
