/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.itests;

import static org.junit.Assert.assertTrue;
import static twinwall.itests.Frames.ACK;
import static twinwall.itests.Frames.RST;
import static twinwall.itests.Frames.SYN;

import java.io.IOException;

import twinwall.firewall.embedded.port.Answer;
import twinwall.firewall.embedded.port.PacketPortClient;

/** A TCP connection from inside to outside, packet by packet. */
final class TcpFlow {

    private static final int INSIDE = 0;
    private static final int OUTSIDE = 1;
    private static final int SERVER_PORT = 443;
    private static final int DATA = 100;

    private final String client;
    private final int clientPort;
    private final String server;
    private String seenAs;
    private int seenAsPort;
    private int clientNext = 1000;
    private int serverNext = 9000;

    private TcpFlow(String client, int clientPort, String server) {
        this.client = client;
        this.clientPort = clientPort;
        this.server = server;
        this.seenAs = client;
        this.seenAsPort = clientPort;
    }

    /** Over IPv4, not translated. */
    static TcpFlow v4(int clientPort) {
        return new TcpFlow("198.51.100.7", clientPort, "192.0.2.80");
    }

    static TcpFlow v6(int clientPort) {
        return new TcpFlow("2001:db8::7", clientPort, "2001:db8:1::80");
    }

    /** Over IPv4 from a private address. */
    static TcpFlow translated(int clientPort) {
        return new TcpFlow("10.0.0.7", clientPort, "192.0.2.80");
    }

    /** The client's address and port as the server sees them. */
    String seenAs() {
        return seenAs + ":" + seenAsPort;
    }

    Answer syn(PacketPortClient via) throws IOException {
        Answer answer = up(via, SYN, clientNext, 0, 0);
        if (answer.forwarded() && !client.contains(":")) {
            String[] source = Frames.source(answer.frame()).split(":");
            seenAs = source[0];
            seenAsPort = Integer.parseInt(source[1]);
        }
        return answer;
    }

    /** The three-way handshake. */
    TcpFlow open(PacketPortClient via) throws IOException {
        passes(syn(via));
        clientNext++;
        passes(down(via, SYN | ACK, serverNext, 0));
        serverNext++;
        passes(up(via, ACK, clientNext, serverNext, 0));
        return this;
    }

    /** The client's next segment; it counts as sent when it passes. */
    Answer send(PacketPortClient via) throws IOException {
        Answer answer = up(via, ACK, clientNext, serverNext, DATA);
        clientNext += answer.forwarded() ? DATA : 0;
        return answer;
    }

    /** The server's next segment; it counts as sent when it passes. */
    Answer reply(PacketPortClient via) throws IOException {
        Answer answer = down(via, ACK, serverNext, DATA);
        serverNext += answer.forwarded() ? DATA : 0;
        return answer;
    }

    /** The client gives up: the session is closed and soon gone. */
    void reset(PacketPortClient via) throws IOException {
        passes(up(via, RST | ACK, clientNext, serverNext, 0));
    }

    /** Data both ways goes through. */
    void goesOn(PacketPortClient via) throws IOException {
        passes(send(via));
        passes(reply(via));
    }

    private Answer up(PacketPortClient via, int flags, int sequence, int acknowledgement, int data) throws IOException {
        return via.send(0, INSIDE, Frames.tcp(client, clientPort, server, SERVER_PORT, flags, sequence, acknowledgement, data));
    }

    private Answer down(PacketPortClient via, int flags, int sequence, int data) throws IOException {
        return via.send(0, OUTSIDE, Frames.tcp(server, SERVER_PORT, seenAs, seenAsPort, flags, sequence, clientNext, data));
    }

    private void passes(Answer answer) {
        assertTrue(client + ":" + clientPort + " dropped: " + answer.reason(), answer.forwarded());
    }
}
