/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.trials.traffic;

import java.io.IOException;

import twinwall.run.pair.PacketPath;
import twinwall.run.pair.PacketPath.Passage;
import twinwall.run.tables.Firewall;
import twinwall.run.tables.scenario.Packets;

/**
 * Datagrams between a client and a server: due since the client's second one. The server speaks first when it goes on, because a datagram
 * of the client would make a new session where the old one was lost.
 */
final class UdpTalk implements Talk {

    private static final int PORT = 5060;
    private static final byte[] DATA = {'t', 'w', 'i', 'n'};

    private final Host client;
    private final String server;
    private String seenClient;
    private int seenPort;

    private UdpTalk(Host client, String server) {
        this.client = client;
        this.server = server;
    }

    /**
     * Opens it.
     *
     * @throws IllegalStateException when no firewall lets it through
     */
    static UdpTalk open(PacketPath firewalls, Host client, String server) throws IOException {
        UdpTalk opened = new UdpTalk(client, server);
        Passage first = opened.fromClient(firewalls);
        if (first.forwarded()) {
            opened.seenClient = Packets.source(first.frame());
            opened.seenPort = Packets.sourcePort(first.frame());
            if (opened.goesOn(firewalls)) {
                return opened;
            }
        }
        throw new IllegalStateException(opened + " did not come about");
    }

    private Passage fromClient(PacketPath firewalls) throws IOException {
        return firewalls.send(Firewall.INSIDE, Packets.udp(client.address(), client.port(), server, PORT, DATA));
    }

    @Override
    public boolean goesOn(PacketPath firewalls) throws IOException {
        Passage down = firewalls.send(Firewall.OUTSIDE, Packets.udp(server, PORT, seenClient, seenPort, DATA));
        if (!down.forwarded() || !Packets.destination(down.frame()).equals(client.address())
                || Packets.destinationPort(down.frame()) != client.port()) {
            return false;
        }
        Passage up = fromClient(firewalls);
        return up.forwarded() && Packets.source(up.frame()).equals(seenClient) && Packets.sourcePort(up.frame()) == seenPort;
    }

    /** Nothing to say: its session ends by its timeout. */
    @Override
    public void finish(PacketPath firewalls) {
    }

    @Override
    public String toString() {
        return "UDP " + client.address() + " port " + client.port() + " -> " + server;
    }
}
