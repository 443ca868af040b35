/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.pair;

import java.io.IOException;
import java.net.SocketTimeoutException;

import twinwall.firewall.embedded.port.Answer;
import twinwall.firewall.embedded.port.PacketPortClient;

/** What leaves a node on its own: packets that its peer gave it to forward. For one thread. */
public final class NodeDepartures implements AutoCloseable {

    private static final int WITHIN_MILLIS = 2_000;

    private final PacketPortClient client;

    private NodeDepartures(PacketPortClient client) {
        this.client = client;
    }

    /**
     * Takes what leaves the node from now on.
     *
     * @param port its packet port, on 127.0.0.1
     * @throws IOException when nothing listens there within 5 s
     */
    public static NodeDepartures connect(int port) throws IOException {
        PacketPortClient client = new PacketPortClient(port, WITHIN_MILLIS);
        client.beOutlet();
        return new NodeDepartures(client);
    }

    /**
     * The next packet, or null when none leaves within 2 s.
     *
     * @throws IOException when the firewall is gone
     */
    public PacketPath.Passage next() throws IOException {
        try {
            Answer answer = client.takeNext();
            return new PacketPath.Passage(answer.forwarded(), answer.reason(), answer.egress(), answer.frames());
        } catch (SocketTimeoutException e) {
            return null;
        }
    }

    @Override
    public void close() throws IOException {
        client.close();
    }
}
