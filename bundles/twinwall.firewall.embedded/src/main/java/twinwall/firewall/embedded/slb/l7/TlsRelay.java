/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.slb.l7;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;

import twinwall.firewall.SlbPersistence.Kind;
import twinwall.firewall.embedded.slb.RealServer;

/**
 * Passes TLS connections of one virtual server through, unopened, a client's always to the same real server: by the session identifier that
 * the server of TLS 1.2 or older gave it, else by its address. With TLS 1.3, and with session tickets, a client cannot be recognised by
 * what it sends.
 */
final class TlsRelay {

    private static final int HELLO_MILLIS = 5000;
    private static final int BUFFER = 16 * 1024;
    private static final int MILLIS = 1000;

    private final HttpBalancing balancing;
    private final HttpVirtualServer server;
    private final Executor threads;
    private final Set<Socket> clients = ConcurrentHashMap.newKeySet();

    TlsRelay(HttpBalancing balancing, HttpVirtualServer server, Executor threads) {
        this.balancing = balancing;
        this.server = server;
        this.threads = threads;
    }

    /** Serves a connection to its end, and closes it. A standby closes it at once. */
    void serve(Socket client) {
        clients.add(client);
        try (client) {
            if (!balancing.open()) {
                return;
            }
            byte[] first = new byte[TlsHello.MOST_BYTES];
            int length = hello(client, first);
            TlsHello hello = TlsHello.read(first, length, TlsHello.CLIENT);
            if (hello.state() != TlsHello.State.COMPLETE) {
                return;
            }
            byte[] address = client.getInetAddress().getAddress();
            RealServer bySession = hello.sessionId().length == 0 ? null : balancing.held(server, Kind.TLS_SESSION, hello.sessionId());
            RealServer byAddress = bySession != null ? null : balancing.held(server, Kind.ADDRESS, address);
            try (RealConnection real = RealConnection.toOneOf(balancing, server, bySession != null ? bySession : byAddress)) {
                if (real != null) {
                    relay(client, real, Arrays.copyOf(first, length), answer -> recognise(answer, real.real(), address,
                            byAddress != null));
                }
            }
        } catch (IOException expected) {
            // one of the two has gone: the other's connection ends too
        } finally {
            clients.remove(client);
        }
    }

    /** Ends every connection. */
    void close() {
        clients.forEach(TlsRelay::close);
    }

    /** Reads up to the end of the hello, within one time for all of it. */
    private static int hello(Socket client, byte[] into) throws IOException {
        long deadline = System.nanoTime() + HELLO_MILLIS * 1_000_000L;
        InputStream in = client.getInputStream();
        int length = 0;
        while (length < into.length && TlsHello.read(into, length, TlsHello.CLIENT).state() == TlsHello.State.INCOMPLETE) {
            client.setSoTimeout((int) Math.max(1, (deadline - System.nanoTime()) / 1_000_000));
            int count = in.read(into, length, into.length - length);
            if (count < 0 || System.nanoTime() > deadline) {
                return length;
            }
            length += count;
        }
        return length;
    }

    private void relay(Socket client, RealConnection real, byte[] first, Consumer<TlsHello> recognise) throws IOException {
        int idle = balancing.settings().exchangeSeconds() * MILLIS;
        client.setSoTimeout(idle);
        client.setTcpNoDelay(true);
        real.socket().setSoTimeout(idle);
        real.socket().getOutputStream().write(first);
        FutureTask<Void> backwards = new FutureTask<>(() -> backwards(client, real, recognise), null);
        threads.execute(backwards);
        copy(client, real.socket());
        try {
            // The client may have ended its side only.
            backwards.get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IOException(e);
        }
    }

    private static void backwards(Socket client, RealConnection real, Consumer<TlsHello> recognise) {
        try {
            byte[] first = new byte[TlsHello.MOST_BYTES];
            int length = 0;
            TlsHello hello = TlsHello.read(first, 0, TlsHello.SERVER);
            InputStream in = real.socket().getInputStream();
            while (hello.state() == TlsHello.State.INCOMPLETE && length < first.length) {
                int count = in.read(first, length, first.length - length);
                if (count < 0) {
                    break;
                }
                client.getOutputStream().write(first, length, count);
                length += count;
                hello = TlsHello.read(first, length, TlsHello.SERVER);
            }
            recognise.accept(hello);
            copy(real.socket(), client);
        } catch (IOException e) {
            close(client);
            real.close();
        }
    }

    /** A client that came by its address is recognised by it again: what it calls its session may be made up. */
    private void recognise(TlsHello answer, RealServer real, byte[] address, boolean byAddress) {
        if (answer.state() == TlsHello.State.COMPLETE) {
            boolean named = !byAddress && !answer.byTicket() && answer.sessionId().length > 0;
            balancing.bind(server, named ? Kind.TLS_SESSION : Kind.ADDRESS, named ? answer.sessionId() : address, real);
        }
    }

    private static void copy(Socket from, Socket to) throws IOException {
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream();
        byte[] buffer = new byte[BUFFER];
        for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
            out.write(buffer, 0, count);
        }
        to.shutdownOutput();
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException expected) {
            // it is gone all the same
        }
    }
}
