/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.trials.traffic;

import java.io.IOException;

import twinwall.run.pair.PacketPath;
import twinwall.run.tables.scenario.Conversation;

/** A TCP connection: due since its handshake was through. */
final class TcpTalk implements Talk {

    private static final int HTTPS = 443;

    private final Conversation conversation;

    private TcpTalk(Conversation conversation) {
        this.conversation = conversation;
    }

    /**
     * Opens it.
     *
     * @throws IllegalStateException when no firewall lets it through
     */
    static TcpTalk open(PacketPath firewalls, Host client, String server) throws IOException {
        return new TcpTalk(Conversation.open(firewalls, client.address(), client.port(), server, HTTPS));
    }

    @Override
    public boolean goesOn(PacketPath firewalls) throws IOException {
        return conversation.downArrives(firewalls) && conversation.upArrives(firewalls);
    }

    @Override
    public void finish(PacketPath firewalls) throws IOException {
        conversation.finish(firewalls);
    }

    @Override
    public String toString() {
        return "TCP " + conversation;
    }
}
