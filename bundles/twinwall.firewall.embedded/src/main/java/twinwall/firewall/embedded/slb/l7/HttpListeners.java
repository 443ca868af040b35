/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.slb.l7;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import twinwall.firewall.ServerTls;
import twinwall.firewall.embedded.slb.l7.HttpVirtualServer.Mode;

/** The sockets of all virtual servers, and the threads that serve them. An address in use leaves that virtual server off, the others on. */
public final class HttpListeners implements AutoCloseable {

    private static final Logger LOG = System.getLogger("twinwall.firewall.embedded");
    private static final int BACKLOG = 128;
    private static final int IDLE_SECONDS = 30;

    private final HttpBalancing balancing;
    private final ServerTls tls;
    private final Map<String, Integer> ports = new LinkedHashMap<>();
    private final List<AutoCloseable> open = new ArrayList<>();
    private final ScheduledExecutorService watchdog = Executors.newSingleThreadScheduledExecutor(named("twinwall-slb-watchdog"));

    private HttpListeners(HttpBalancing balancing, ServerTls tls) {
        this.balancing = balancing;
        this.tls = tls;
    }

    /** Listens for every virtual server; {@code tls}: with what those that are {@code https} show. */
    public static HttpListeners start(HttpBalancing balancing, ServerTls tls) {
        HttpListeners all = new HttpListeners(balancing, tls);
        for (HttpVirtualServer server : balancing.servers()) {
            try {
                int port = server.mode() == Mode.TLS ? all.relay(server) : all.http(server);
                all.ports.put(server.name(), port);
            } catch (IOException e) {
                LOG.log(Level.ERROR, "slb_http: virtual server '" + server.name() + "' cannot listen on " + server.listen() + ": "
                        + e.getMessage() + ". It is off; the others are on. Free the port, or set another.");
            }
        }
        return all;
    }

    /** Where a virtual server listens; it must be on. */
    public int port(String server) {
        return ports.get(server);
    }

    private int http(HttpVirtualServer server) throws IOException {
        HttpServer http = server.mode() == Mode.HTTPS ? https(server) : HttpServer.create(server.socketAddress(), BACKLOG);
        int most = balancing.settings().maxConnections();
        ThreadPoolExecutor threads = new ThreadPoolExecutor(most, most, IDLE_SECONDS, TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(2 * most), named("twinwall-slb-" + server.name()));
        threads.allowCoreThreadTimeOut(true);
        http.setExecutor(threads);
        http.createContext("/", new HttpProxy(balancing, server, tls, watchdog));
        http.start();
        open.add(() -> {
            http.stop(0);
            threads.shutdownNow();
        });
        return http.getAddress().getPort();
    }

    private HttpServer https(HttpVirtualServer server) throws IOException {
        HttpsServer https = HttpsServer.create(server.socketAddress(), BACKLOG);
        https.setHttpsConfigurator(new HttpsConfigurator(tls.context(server.certificate(), server.clients())) {

            @Override
            public void configure(HttpsParameters connection) {
                connection.setSSLParameters(tls.parameters(server.clients()));
            }
        });
        return https;
    }

    private int relay(HttpVirtualServer server) throws IOException {
        ServerSocket socket = new ServerSocket();
        socket.setReuseAddress(true);
        socket.bind(server.socketAddress(), BACKLOG);
        int most = balancing.settings().maxConnections();
        // Two threads a connection, one for each direction.
        ExecutorService threads = new ThreadPoolExecutor(0, 2 * most + 1, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(),
                named("twinwall-slb-" + server.name()));
        TlsRelay relay = new TlsRelay(balancing, server, threads);
        threads.execute(() -> accept(socket, relay, threads, new Semaphore(most)));
        open.add(() -> {
            socket.close();
            relay.close();
            threads.shutdownNow();
        });
        return socket.getLocalPort();
    }

    private static void accept(ServerSocket socket, TlsRelay relay, ExecutorService threads, Semaphore free) {
        while (!socket.isClosed()) {
            try {
                Socket client = socket.accept();
                if (!free.tryAcquire()) {
                    client.close();
                    continue;
                }
                threads.execute(() -> {
                    try {
                        relay.serve(client);
                    } finally {
                        free.release();
                    }
                });
            } catch (IOException expected) {
                // closed, or a client that went before it was accepted
            }
        }
    }

    private static ThreadFactory named(String name) {
        AtomicInteger number = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, name + "-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    /** Stops at once: the ports are free when this returns. */
    @Override
    public void close() {
        watchdog.shutdownNow();
        for (AutoCloseable each : open) {
            try {
                each.close();
            } catch (Exception e) {
                LOG.log(Level.DEBUG, "A listener of slb_http did not close: {0}", e.toString());
            }
        }
    }
}
