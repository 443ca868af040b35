/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.node;

import java.io.IOException;
import java.io.Reader;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The folder that makes a node the firewall it is: {@code PID.cfg} files, {@code keys/}, {@code token}; and {@code cache/},
 * which the node empties at every start.
 */
final class ConfigFolder {

    static final String GROUP = "twinwall.group";
    static final String LINK = "twinwall.link";
    static final String MANAGEMENT = "twinwall.management";
    static final String DEPLOY = "twinwall.deploy";

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");

    private final Path path;

    ConfigFolder(Path path) {
        this.path = path.toAbsolutePath().normalize();
    }

    Path path() {
        return path;
    }

    Path keys() {
        return path.resolve("keys");
    }

    Path token() {
        return path.resolve("token");
    }

    Path cache() {
        return path.resolve("cache");
    }

    /** Refuses a name that could not be a file name and a certificate's common name alike. */
    static String checkedName(String what, String name) throws Refusal {
        if (!NAME.matcher(name).matches()) {
            throw new Refusal(what + " '" + name + "' must be 1 to 63 letters, digits, '.', '_' or '-', a letter or digit first.");
        }
        return name;
    }

    /** Makes a new folder with a {@code twinwall.group.cfg}, or refuses one that already has it. */
    void make(List<SettingsFile> files) throws IOException, Refusal {
        if (Files.exists(path.resolve(GROUP + ".cfg"))) {
            throw new Refusal(path + " already holds a configuration (" + GROUP + ".cfg). Nothing was changed.");
        }
        Files.createDirectories(path);
        for (SettingsFile file : files) {
            file.write(path);
        }
    }

    /** Name of the local firewall, from {@code twinwall.group.cfg}. */
    String firewall() throws Refusal {
        Properties group = settings(GROUP);
        String firewall = checkedName("firewall in " + file(GROUP) + ":", required(group, "firewall"));
        String peer = checkedName("peer in " + file(GROUP) + ":", required(group, "peer"));
        if (firewall.equals(peer)) {
            throw new Refusal(file(GROUP) + ": firewall and peer are both '" + peer + "'. The two need different names.");
        }
        return firewall;
    }

    /** Refuses what no node could start with. */
    void validate() throws Refusal {
        if (!Files.isDirectory(path)) {
            throw new Refusal(path + (Files.exists(path) ? " is not a folder." : " does not exist.") + advice());
        }
        if (!Files.exists(file(GROUP))) {
            throw new Refusal(path + " holds no " + GROUP + ".cfg." + advice());
        }
        if (!Files.isWritable(path) || !Files.isReadable(path)) {
            throw new Refusal(path + " must be readable and writable: the node keeps its cache there.");
        }
        firewall();
        for (String file : settingsFiles()) {
            if (file.contains("~")) {
                throw new Refusal(path.resolve(file) + " would not be read. Cure: rename it to " + file.replace('~', '-') + ".");
            }
        }
    }

    /** Makes keys and token where they are missing, refuses secrets that others can read, and links that cannot prove who they are. */
    void prepare(Consumer<String> warn, Consumer<String> inform) throws IOException, Refusal {
        FirewallKeys keys = new FirewallKeys(keys(), firewall());
        if (keys.makeMissing()) {
            inform.accept("Made keys for " + keys.firewall() + " in " + keys() + ". The peer needs " + keys.certificate()
                + " as its keys/peer.crt.");
        }
        if (!Files.exists(token())) {
            SecretFiles.writeRandom(token());
            inform.accept("Made the management token " + token() + ".");
        }
        for (Path secret : List.of(keys(), keys.store(), keys.password(), token())) {
            SecretFiles.requireOwnerOnly(secret);
        }
        checkLinks(warn);
        forgetPorts();
    }

    private void checkLinks(Consumer<String> warn) throws Refusal {
        Map<String, Properties> links = links();
        List<String> unusable = new ArrayList<>();
        for (Map.Entry<String, Properties> link : links.entrySet()) {
            String problem = linkProblem(link.getValue());
            if (problem != null) {
                unusable.add(link.getKey() + ": " + problem);
            }
        }
        if (links.isEmpty()) {
            warn.accept("No heartbeat link: " + path + " holds no " + LINK + "-NAME.cfg. This firewall runs alone, nothing is backed up.");
        } else if (unusable.size() == links.size()) {
            throw new Refusal(String.join(" ", unusable));
        } else {
            unusable.forEach(warn);
        }
    }

    private String linkProblem(Properties link) throws Refusal {
        if ("false".equalsIgnoreCase(link.getProperty("tls", "true").strip())) {
            return null;
        }
        for (String key : List.of("keystore", "keystore_password_file")) {
            String value = link.getProperty(key, "").strip();
            if (value.isEmpty() || !Files.isReadable(path.resolve(value))) {
                return key + "=" + value + " is not a file that can be read. Cure: name the file, or remove keys/ to have keys made.";
            }
            SecretFiles.requireOwnerOnly(path.resolve(value));
        }
        String peer = link.getProperty("peer_certificate", "").strip();
        if (peer.isEmpty() || !Files.isReadable(path.resolve(peer))) {
            return "the peer's certificate " + path.resolve(peer) + " is missing. Cure: copy keys/"
                + settings(GROUP).getProperty("peer").strip() + ".crt of the peer to it.";
        }
        return null;
    }

    private Map<String, Properties> links() throws Refusal {
        Map<String, Properties> links = new LinkedHashMap<>();
        for (String file : settingsFiles()) {
            if (file.startsWith(LINK + "-")) {
                links.put(file, load(path.resolve(file)));
            }
        }
        return links;
    }

    /** A port file of an earlier run would send clients to whoever has the port now. */
    private void forgetPorts() throws IOException, Refusal {
        for (String file : settingsFiles()) {
            String portFile = load(path.resolve(file)).getProperty("port_file", "").strip();
            if (!portFile.isEmpty()) {
                Files.deleteIfExists(path.resolve(portFile));
            }
        }
    }

    private List<String> settingsFiles() throws Refusal {
        try (Stream<Path> files = Files.list(path)) {
            return files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".cfg")).sorted().toList();
        } catch (IOException e) {
            throw new Refusal(path + " cannot be listed: " + e.getMessage());
        }
    }

    /** Who may log in: the file that the firewall's settings name, {@code users} unless they do. It need not be there. */
    Path credentials() throws Refusal {
        Path settings = file(NewFolder.FIREWALL);
        String named = Files.exists(settings) ? load(settings).getProperty("aaa_credential_file", "").strip() : "";
        return path.resolve(named.isEmpty() ? "users" : named);
    }

    private Properties settings(String pid) throws Refusal {
        return load(file(pid));
    }

    private static Properties load(Path file) throws Refusal {
        Properties settings = new Properties();
        try (Reader in = Files.newBufferedReader(file)) {
            settings.load(in);
        } catch (IOException | IllegalArgumentException e) {
            throw new Refusal(file + " cannot be read: " + e.getMessage());
        }
        return settings;
    }

    private String required(Properties settings, String key) throws Refusal {
        String value = settings.getProperty(key, "").strip();
        if (value.isEmpty()) {
            throw new Refusal(file(GROUP) + " must say " + key + " = NAME.");
        }
        return value;
    }

    private Path file(String pid) {
        return path.resolve(SettingsFile.fileName(pid));
    }

    private String advice() {
        return " Make one: run/node init --config " + path + " --name fw-a --peer fw-b --listen ADDRESS --peer-address ADDRESS";
    }

    /** Keeps a second node off this folder, until closed or the process ends. */
    AutoCloseable lock() throws IOException, Refusal {
        Path file = path.resolve(".lock");
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return channel;
            }
        } catch (OverlappingFileLockException expected) {
            // held by this very process: refused below like any other holder
        }
        channel.close();
        throw new Refusal(path + " is in use by another node. One folder is one firewall.");
    }
}
