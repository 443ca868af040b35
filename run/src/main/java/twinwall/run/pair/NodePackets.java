/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.pair;

import java.io.IOException;

import twinwall.firewall.embedded.port.Answer;
import twinwall.firewall.embedded.port.PacketPortClient;

/** The wires of a node: packets go in and come out through its packet port, one at a time. For one thread. */
public final class NodePackets implements PacketPath, AutoCloseable {

    private static final int ANSWER_WITHIN_MILLIS = 10_000;

    private final PacketPortClient client;

    private NodePackets(PacketPortClient client) {
        this.client = client;
    }

    /**
     * Opens the way for packets into a node.
     *
     * @param port its packet port, on 127.0.0.1
     * @throws IOException when nothing listens there within 5 s
     */
    public static NodePackets connect(int port) throws IOException {
        return new NodePackets(new PacketPortClient(port, ANSWER_WITHIN_MILLIS));
    }

    /** {@inheritDoc} Waits 10 s for it at most. */
    @Override
    public Passage send(long timeMicros, int side, byte[] frame) throws IOException {
        Answer answer = client.send(timeMicros, side, frame);
        return new Passage(answer.forwarded(), answer.reason(), answer.egress(), answer.frames());
    }

    @Override
    public void close() throws IOException {
        client.close();
    }
}
