/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.port;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

import twinwall.firewall.embedded.EmbeddedFirewall;

/** Listens on one address and serves up to eight connections, each on a thread of its own. */
final class PacketPortServer implements AutoCloseable {

    static final int MOST_CONNECTIONS = 8;
    private static final long PAUSE_NANOS = 100_000_000;
    private static final Logger LOG = System.getLogger("twinwall.firewall.embedded");

    private final EmbeddedFirewall firewall;
    private final ServerSocket listening;
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private final LongAdder refused = new LongAdder();
    private final LongAdder garbage = new LongAdder();

    PacketPortServer(EmbeddedFirewall firewall, InetAddress address, int port) throws IOException {
        this.firewall = firewall;
        this.listening = new ServerSocket(port, MOST_CONNECTIONS, address);
        start(this::accept, "accept");
    }

    int port() {
        return listening.getLocalPort();
    }

    /** Connections refused because there were enough. */
    long refused() {
        return refused.sum();
    }

    /** Connections closed because what they sent was no request. */
    long garbage() {
        return garbage.sum();
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket socket = listening.accept();
                if (connections.size() >= MOST_CONNECTIONS) {
                    refused.increment();
                    socket.close();
                } else {
                    connections.add(socket);
                    start(() -> serve(socket), "connection");
                }
            } catch (IOException e) {
                if (!listening.isClosed()) {
                    LOG.log(Level.DEBUG, "Packet port " + port() + ": a connection could not be accepted", e);
                    LockSupport.parkNanos(PAUSE_NANOS);
                }
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            new PacketPortConnection(firewall, socket.getInputStream(), socket.getOutputStream()).serve();
        } catch (GarbageException e) {
            garbage.increment();
            LOG.log(Level.DEBUG, "Packet port " + port() + ": a connection was closed, it sent " + e.getMessage());
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "Packet port " + port() + ": a connection has ended", e);
        } finally {
            connections.remove(socket);
        }
    }

    private void start(Runnable task, String role) {
        Thread thread = new Thread(task, "twinwall.firewall.embedded.port-" + role);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        listening.close();
        for (Socket socket : connections) {
            socket.close();
        }
    }

    /** What came in is not a request. */
    static final class GarbageException extends IOException {

        private static final long serialVersionUID = 1;

        GarbageException(String message) {
            super(message);
        }
    }
}
