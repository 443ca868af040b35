/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.monitor;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;

/** Connects to a TCP port and closes the connection at once. */
record ConnectProbe(String host, int port, int timeoutMillis) implements Probe {

    @Override
    public String failure() {
        InetSocketAddress address = new InetSocketAddress(host, port);
        if (address.isUnresolved()) {
            return "host " + host + " is not known here";
        }
        try (Socket socket = new Socket()) {
            socket.connect(address, timeoutMillis);
            return "";
        } catch (IOException e) {
            return "no connection to " + host + " port " + port + " within " + timeoutMillis + " ms: " + e.getMessage();
        }
    }
}
