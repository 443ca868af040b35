/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.trials.wiring;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/**
 * A cable on loopback: takes the connections of end A and carries their bytes to end B and back. What does not pass while it is cut waits
 * here, as TCP would send it again; a connection that is made meanwhile gets no answer.
 */
final class Relay implements Wire, AutoCloseable {

    private static final int CHUNK = 16 * 1024;
    private static final long LOOK_NANOS = 2_000_000;

    private final String link;
    private final int target;
    private final ServerSocket listening;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile boolean silentA;
    private volatile boolean silentB;
    private volatile int delayMillis;

    /**
     * Begins to listen on a free port.
     *
     * @param target where end B listens
     */
    Relay(String link, int target) throws IOException {
        this.link = link;
        this.target = target;
        listening = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
        start(this::accept);
    }

    /** Where end A connects to. */
    int port() {
        return listening.getLocalPort();
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket a = listening.accept();
                open.add(a);
                start(() -> join(a));
            } catch (IOException e) {
                LockSupport.parkNanos(LOOK_NANOS);
            }
        }
    }

    private void join(Socket a) {
        try {
            // The handshake needs both directions.
            while ((silentA || silentB) && !a.isClosed()) {
                LockSupport.parkNanos(LOOK_NANOS);
            }
            Socket b = new Socket(InetAddress.getLoopbackAddress(), target);
            open.add(b);
            a.setTcpNoDelay(true);
            b.setTcpNoDelay(true);
            start(() -> carry(End.B, b, a));
            carry(End.A, a, b);
        } catch (IOException e) {
            shut(a);
        }
    }

    private void carry(End from, Socket source, Socket sink) {
        DelayLine line = new DelayLine();
        start(() -> deliver(from, line, sink));
        try {
            InputStream in = source.getInputStream();
            byte[] chunk = new byte[CHUNK];
            for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
                line.put(chunk, n, delayMillis);
            }
        } catch (IOException e) {
            // The end of the connection is told to the other end like any byte.
        } finally {
            line.end(delayMillis);
        }
    }

    private void deliver(End from, DelayLine line, Socket sink) {
        try {
            OutputStream out = sink.getOutputStream();
            for (byte[] chunk = line.take(); chunk != null; chunk = line.take()) {
                awaitPassage(from);
                out.write(chunk);
            }
            awaitPassage(from);
        } catch (IOException e) {
            // The sink is gone; so is the connection.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            shut(sink);
        }
    }

    private void awaitPassage(End from) {
        while ((from == End.A ? silentA : silentB) && !listening.isClosed()) {
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    private void shut(Socket socket) {
        open.remove(socket);
        try {
            socket.close();
        } catch (IOException e) {
            // Gone already.
        }
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "trials-relay");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public String link() {
        return link;
    }

    @Override
    public void silence(End from) {
        if (from == End.A) {
            silentA = true;
        } else {
            silentB = true;
        }
    }

    /** Nobody can tell on loopback. */
    @Override
    public void pull(End at) throws IOException {
        silence();
    }

    @Override
    public void delay(int millis) {
        delayMillis = millis;
    }

    @Override
    public void heal() {
        silentA = false;
        silentB = false;
        delayMillis = 0;
    }

    @Override
    public void close() throws IOException {
        listening.close();
        open.forEach(this::shut);
    }
}
