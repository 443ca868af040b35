/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import twinwall.firewall.embedded.EmbeddedFirewall;
import twinwall.group.HotStandbyGroup;
import twinwall.settings.Settings;

/** Takes commands of the bench on a port of 127.0.0.1: a line in, a line out. Works with and without a group. */
@Component(immediate = true, service = BenchPort.class, configurationPid = BenchPort.PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = BenchPort.Config.class)
public final class BenchPort {

    /** PID of the configuration. */
    public static final String PID = "twinwall.bench";

    private static final System.Logger LOG = System.getLogger("twinwall.bench");
    private static final int MOST_CONNECTIONS = 8;

    private final AtomicReference<HotStandbyGroup> group = new AtomicReference<>();
    private final BenchCommands commands;
    private final ServerSocket server;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    /** Opens the port. */
    @Activate
    public BenchPort(@Reference EmbeddedFirewall firewall, @Reference LatencyTable latency, Map<String, Object> properties) {
        Settings settings = new Settings(PID, properties, line -> LOG.log(System.Logger.Level.WARNING, line));
        commands = new BenchCommands(firewall, latency, group);
        int port = (int) settings.number("port", 0, 65_535, 0);
        try {
            server = new ServerSocket(port, MOST_CONNECTIONS, InetAddress.getLoopbackAddress());
            String file = settings.text("port_file", null);
            if (file != null) {
                tell(Path.of(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(PID + ": port " + port + " cannot be opened or told. The bench cannot reach this node.", e);
        }
        start("twinwall-bench-port", this::accept);
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void addGroup(HotStandbyGroup here) {
        group.set(here);
    }

    void removeGroup(HotStandbyGroup gone) {
        group.compareAndSet(gone, null);
    }

    @Deactivate
    void close() throws IOException, InterruptedException {
        server.close();
        for (Socket socket : open) {
            socket.close();
        }
        commands.end();
    }

    /** Renamed into place, so that nobody reads half a number. */
    private void tell(Path file) throws IOException {
        Path written = file.resolveSibling(file.getFileName() + ".new");
        Files.writeString(written, server.getLocalPort() + "\n");
        Files.move(written, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void start(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                if (open.size() >= MOST_CONNECTIONS) {
                    socket.close();
                    continue;
                }
                open.add(socket);
                start("twinwall-bench-commands", () -> serve(socket));
            } catch (IOException e) {
                if (!server.isClosed()) {
                    LOG.log(System.Logger.Level.WARNING, "Bench port: a connection could not be taken: {0}. Others are.", e.getMessage());
                }
            }
        }
    }

    private void serve(Socket socket) {
        try (socket; BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
                Writer out = new OutputStreamWriter(socket.getOutputStream(), StandardCharsets.US_ASCII)) {
            socket.setTcpNoDelay(true);
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                out.write(answer(line) + "\n");
                out.flush();
            }
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "Bench port: connection ended: {0}", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(socket);
        }
    }

    private String answer(String line) throws InterruptedException {
        try {
            return commands.run(line).toString();
        } catch (RuntimeException e) {
            return "error " + String.valueOf(e.getMessage()).replace('\n', ' ');
        }
    }

    /** The settings, for documentation and consoles. */
    @ObjectClassDefinition(name = "Twinwall bench", description = "Commands of run/bench. Only for measuring: it makes load.")
    public @interface Config {

        @AttributeDefinition(description = "TCP port on 127.0.0.1; 0: any that is free.")
        int port() default 0;

        @AttributeDefinition(description = "File that the TCP port is written to; empty: none.")
        String port_file() default "";
    }
}
