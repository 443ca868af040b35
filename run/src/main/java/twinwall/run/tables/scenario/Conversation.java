/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.tables.scenario;

import java.io.IOException;

import twinwall.run.pair.PacketPath;
import twinwall.run.pair.PacketPath.Passage;
import twinwall.run.tables.Firewall;

/**
 * A TCP connection between a client and a server with a firewall between them. It learns from the packets that come through under which
 * addresses the two know each other, and keeps both ends' sequence numbers, so that it can go on through another firewall.
 */
public final class Conversation {

    private static final byte[] DATA = "twinwall".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    private static final byte[] NOTHING = {};

    private final String client;
    private final int clientPort;
    private final int clientInterface;
    private final String server;
    private final int serverPort;
    private int sent = 1000;
    private int answered = 5000;
    private String seenClient;
    private int seenClientPort;
    private String realServer;
    private int realServerPort;

    private Conversation(String client, int clientPort, int clientInterface, String server, int serverPort) {
        this.client = client;
        this.clientPort = clientPort;
        this.clientInterface = clientInterface;
        this.server = server;
        this.serverPort = serverPort;
    }

    /**
     * Opens a connection from inside to outside and sends data both ways.
     *
     * @throws IllegalStateException when the firewall does not let it through; the message says why
     */
    public static Conversation open(PacketPath firewall, String client, int clientPort, String server, int serverPort) throws IOException {
        return open(firewall, Firewall.INSIDE, client, clientPort, server, serverPort);
    }

    /**
     * Opens a connection from a client at an interface and sends data both ways.
     *
     * @param server where the client sends to, which may not be where the server is
     * @throws IllegalStateException when the firewall does not let it through; the message says why
     */
    public static Conversation open(PacketPath firewall, int clientInterface, String client, int clientPort, String server, int serverPort)
            throws IOException {
        Conversation opened = new Conversation(client, clientPort, clientInterface, server, serverPort);
        opened.connect(firewall);
        return opened;
    }

    private void connect(PacketPath firewall) throws IOException {
        Passage syn = fromClient(firewall, Packets.SYN, NOTHING);
        require(syn, "the SYN");
        byte[] seen = syn.frame();
        seenClient = Packets.source(seen);
        seenClientPort = Packets.sourcePort(seen);
        realServer = Packets.destination(seen);
        realServerPort = Packets.destinationPort(seen);
        sent++;
        require(fromServer(firewall, Packets.SYN | Packets.ACK, NOTHING), "the SYN-ACK");
        answered++;
        require(fromClient(firewall, Packets.ACK, NOTHING), "the ACK");
        require(up(firewall), "the client's data");
        require(down(firewall), "the server's data");
    }

    private void require(Passage passage, String what) {
        if (!passage.forwarded()) {
            throw new IllegalStateException(what + " of " + this + " was dropped: " + passage.reason());
        }
    }

    /** The client sends data. */
    public Passage up(PacketPath firewall) throws IOException {
        Passage passage = fromClient(firewall, Packets.ACK, DATA);
        sent += DATA.length;
        return passage;
    }

    /** The server sends data. */
    public Passage down(PacketPath firewall) throws IOException {
        Passage passage = fromServer(firewall, Packets.ACK, DATA);
        answered += DATA.length;
        return passage;
    }

    /** The client sends data, and it reaches the server from the address and port that the server knows, and at its own. */
    public boolean upArrives(PacketPath firewall) throws IOException {
        Passage passage = up(firewall);
        return passage.forwarded() && Packets.source(passage.frame()).equals(seenClient)
                && Packets.sourcePort(passage.frame()) == seenClientPort && Packets.destination(passage.frame()).equals(realServer)
                && Packets.destinationPort(passage.frame()) == realServerPort;
    }

    /** The server sends data, and it reaches the client from the address and port that the client knows. */
    public boolean downArrives(PacketPath firewall) throws IOException {
        Passage passage = down(firewall);
        return passage.forwarded() && Packets.source(passage.frame()).equals(Packets.normal(server))
                && Packets.sourcePort(passage.frame()) == serverPort && Packets.destinationPort(passage.frame()) == clientPort;
    }

    /** Both ends say that they are done. */
    public void finish(PacketPath firewall) throws IOException {
        fromClient(firewall, Packets.FIN | Packets.ACK, NOTHING);
        sent++;
        fromServer(firewall, Packets.FIN | Packets.ACK, NOTHING);
        answered++;
        fromClient(firewall, Packets.ACK, NOTHING);
    }

    private Passage fromClient(PacketPath firewall, int flags, byte[] data) throws IOException {
        return firewall.send(clientInterface,
                Packets.tcp(client, clientPort, server, serverPort, flags, sent, answered, data));
    }

    private Passage fromServer(PacketPath firewall, int flags, byte[] data) throws IOException {
        return firewall.send(1 - clientInterface,
                Packets.tcp(realServer, realServerPort, seenClient, seenClientPort, flags, answered, sent, data));
    }

    /** The address under which the server knows the client. */
    public String seenClient() {
        return seenClient;
    }

    /** The port under which the server knows the client. */
    public int seenClientPort() {
        return seenClientPort;
    }

    /** Where the client's packets go to. */
    public String realServer() {
        return realServer;
    }

    /** The port that the client's packets go to. */
    public int realServerPort() {
        return realServerPort;
    }

    @Override
    public String toString() {
        return client + " port " + clientPort + " -> " + server + " port " + serverPort;
    }
}
