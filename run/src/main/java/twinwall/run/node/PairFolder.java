/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.node;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Makes the config folders of two firewalls that back each other up on this machine, ready to run: keys made and exchanged, one
 * heartbeat link over loopback with TLS, management API and packet port of each.
 * <pre>
 * PairFolder pair = PairFolder.at(work.resolve("a"), work.resolve("b"))
 *     .with("twinwall.group", "hello_interval_ms", "100")
 *     .make();
 * </pre>
 * Then start two nodes with {@code --config}; {@link Side#managementPort()} and {@link Side#packetPort()} answer once they run.
 */
public final class PairFolder {

    private static final String PACKETS = "twinwall.firewall.embedded.port";
    private static final int PORTS = 6;

    private final Side a;
    private final Side b;

    private PairFolder(Side a, Side b) {
        this.a = a;
        this.b = b;
    }

    /** Begins a pair; nothing is made yet. */
    public static Plan at(Path folderA, Path folderB) {
        return new Plan(folderA, folderB);
    }

    /** The firewall whose name sorts first: active when both start at once and priorities are equal. */
    public Side a() {
        return a;
    }

    /** The other one. */
    public Side b() {
        return b;
    }

    /**
     * One of the two.
     *
     * @param name of the firewall
     * @param folder to start the node with
     */
    public record Side(String name, Path folder) {

        /** Port of the management API once the node listens, else 0. */
        public int managementPort() throws IOException {
            return port(managementPortFile());
        }

        /** Port that takes packets once the node listens, else 0. */
        public int packetPort() throws IOException {
            return port(packetPortFile());
        }

        /** What the management API wants as bearer token. */
        public String token() throws IOException {
            return Files.readString(folder.resolve("token")).strip();
        }

        private Path managementPortFile() {
            return folder.resolve("management.port");
        }

        private Path packetPortFile() {
            return folder.resolve("packets.port");
        }

        private static int port(Path file) throws IOException {
            String text = Files.exists(file) ? Files.readString(file).strip() : "";
            return text.isEmpty() ? 0 : Integer.parseInt(text);
        }
    }

    /** What the pair shall be like. */
    public static final class Plan {

        private final Path folderA;
        private final Path folderB;
        private final Map<String, Map<String, String>> both = new TreeMap<>();
        private String nameA = "fw-a";
        private String nameB = "fw-b";
        private int basePort;

        private Plan(Path folderA, Path folderB) {
            this.folderA = folderA.toAbsolutePath().normalize();
            this.folderB = folderB.toAbsolutePath().normalize();
        }

        /** Names other than {@code fw-a} and {@code fw-b}. */
        public Plan named(String a, String b) {
            nameA = a;
            nameB = b;
            return this;
        }

        /**
         * Uses six ports from this one on: links of A and B, management of A and B, packets of A and B. Default 0: free ports, which
         * the nodes write to their port files.
         */
        public Plan basePort(int port) {
            basePort = port;
            return this;
        }

        /** A setting that both firewalls get, for example {@code with("twinwall.group", "quick_backup", "true")}. */
        public Plan with(String pid, String key, String value) {
            both.computeIfAbsent(pid, any -> new TreeMap<>()).put(key, value);
            return this;
        }

        /**
         * Makes both folders.
         *
         * @throws Refusal when a folder already holds a configuration, a name or a port cannot be used
         */
        public PairFolder make() throws IOException, Refusal {
            ConfigFolder.checkedName("Name", nameA);
            ConfigFolder.checkedName("Name", nameB);
            if (nameA.equals(nameB) || folderA.equals(folderB)) {
                throw new Refusal("The two firewalls need different names and folders.");
            }
            if (basePort < 0 || basePort > 65535 - PORTS + 1) {
                throw new Refusal("The base port " + basePort + " must be 0 to " + (65535 - PORTS + 1) + ".");
            }
            int[] ports = ports();
            Side a = new Side(nameA, folderA);
            Side b = new Side(nameB, folderB);
            new ConfigFolder(folderA).make(files(a, b, ports[0], ports[1], ports[2], ports[4]));
            new ConfigFolder(folderB).make(files(b, a, ports[1], ports[0], ports[3], ports[5]));
            makeKeys(a, b);
            return new PairFolder(a, b);
        }

        private int[] ports() throws IOException {
            int[] ports = new int[PORTS];
            if (basePort > 0) {
                for (int i = 0; i < PORTS; i++) {
                    ports[i] = basePort + i;
                }
                return ports;
            }
            // Each end of the link must know the other's port beforehand; the other ports are chosen when they are bound.
            try (ServerSocket first = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                    ServerSocket second = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                ports[0] = first.getLocalPort();
                ports[1] = second.getLocalPort();
            }
            return ports;
        }

        private List<SettingsFile> files(Side local, Side peer, int listen, int connect, int management, int packets) {
            Map<String, SettingsFile> files = new TreeMap<>();
            files.put(ConfigFolder.GROUP, new SettingsFile(ConfigFolder.GROUP).with("firewall", local.name()).with("peer", peer.name()));
            files.put("twinwall.link~a", NewFolder.link(local.name(), "127.0.0.1", listen, "127.0.0.1", connect));
            files.put(ConfigFolder.MANAGEMENT, new SettingsFile(ConfigFolder.MANAGEMENT)
                .with("port", management).with("port_file", local.managementPortFile()));
            files.put(NewFolder.FIREWALL, new SettingsFile(NewFolder.FIREWALL));
            files.put(PACKETS, new SettingsFile(PACKETS).with("port", packets).with("port_file", local.packetPortFile()));
            both.forEach((pid, settings) -> files.computeIfAbsent(pid, SettingsFile::new).withAll(settings));
            return new ArrayList<>(files.values());
        }

        private static void makeKeys(Side a, Side b) throws IOException, Refusal {
            CompletableFuture<Void> ofB = CompletableFuture.runAsync(() -> makeSecrets(b));
            try {
                makeSecrets(a);
                ofB.join();
            } catch (CompletionException e) {
                if (e.getCause() instanceof Refusal refusal) {
                    throw refusal;
                }
                throw new IOException(e.getCause().getMessage(), e.getCause());
            }
            trust(a, b);
            trust(b, a);
        }

        private static void makeSecrets(Side side) {
            try {
                ConfigFolder folder = new ConfigFolder(side.folder());
                new FirewallKeys(folder.keys(), side.name()).makeMissing();
                if (!Files.exists(folder.token())) {
                    SecretFiles.writeRandom(folder.token());
                }
            } catch (IOException | Refusal e) {
                throw new CompletionException(e);
            }
        }

        private static void trust(Side local, Side peer) throws IOException {
            Path certificate = new FirewallKeys(peer.folder().resolve("keys"), peer.name()).certificate();
            Files.copy(certificate, local.folder().resolve("keys").resolve("peer.crt"), StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
