/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.slb;

import java.io.IOException;
import java.net.Socket;

/**
 * A real server answers when it takes a TCP connection.
 *
 * @param timeoutMillis how long it may take
 */
public record TcpProbe(int timeoutMillis) implements Probe {

    @Override
    public boolean answers(RealServer server) {
        try (Socket socket = new Socket()) {
            socket.connect(server.socketAddress(), timeoutMillis);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
