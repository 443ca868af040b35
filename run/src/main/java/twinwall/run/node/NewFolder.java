/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.node;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** A new config folder of a firewall whose peer is on another machine. */
record NewFolder(Path path, String name, String peer, Endpoint listen, Endpoint connect) {

    static final String FIREWALL = "twinwall.firewall.embedded";

    /** An address and a TCP port. */
    record Endpoint(String address, int port) {

        static final int DEFAULT_PORT = 7400;

        /** Reads {@code 192.0.2.1}, {@code 192.0.2.1:7400}, {@code host:7400}, {@code 2001:db8::1} or {@code [2001:db8::1]:7400}. */
        static Endpoint parse(String text) throws Refusal {
            String address = text.strip();
            String port = Integer.toString(DEFAULT_PORT);
            if (address.startsWith("[")) {
                int end = address.indexOf(']');
                String rest = end < 0 ? "?" : address.substring(end + 1);
                if (!rest.isEmpty() && !rest.startsWith(":")) {
                    throw new Refusal("'" + text + "' must be ADDRESS or ADDRESS:PORT, with an IPv6 address in [ ].");
                }
                port = rest.isEmpty() ? port : rest.substring(1);
                address = address.substring(1, end);
            } else if (address.indexOf(':') >= 0 && address.indexOf(':') == address.lastIndexOf(':')) {
                port = address.substring(address.indexOf(':') + 1);
                address = address.substring(0, address.indexOf(':'));
            }
            if (!address.matches("[A-Za-z0-9.:%_-]+") || !port.matches("[0-9]{1,5}")) {
                throw new Refusal("'" + text + "' must be ADDRESS or ADDRESS:PORT, with an IPv6 address in [ ].");
            }
            int number = Integer.parseInt(port);
            if (number < 1 || number > 65535) {
                throw new Refusal("'" + text + "': the port must be 1 to 65535.");
            }
            return new Endpoint(address, number);
        }

        @Override
        public String toString() {
            return (address.contains(":") ? "[" + address + "]" : address) + ":" + port;
        }
    }

    void make(Consumer<String> tell) throws IOException, Refusal {
        ConfigFolder.checkedName("Name", name);
        ConfigFolder.checkedName("Name", peer);
        if (name.equals(peer)) {
            throw new Refusal("The two firewalls need different names, but both are '" + name + "'.");
        }
        ConfigFolder folder = new ConfigFolder(path);
        folder.make(List.of(
            new SettingsFile(ConfigFolder.GROUP).with("firewall", name).with("peer", peer),
            link(name, listen.address(), listen.port(), connect.address(), connect.port()),
            new SettingsFile(ConfigFolder.MANAGEMENT),
            new SettingsFile(ConfigFolder.DEPLOY),
            new SettingsFile(FIREWALL)));
        FirewallKeys keys = new FirewallKeys(folder.keys(), name);
        keys.makeMissing();
        SecretFiles.writeRandom(folder.token());
        tell.accept("Made " + folder.path() + " for firewall " + name + ". Next:");
        tell.accept("  1. On the other machine: run/node init --config DIR --name " + peer + " --peer " + name
            + " --listen " + connect + " --peer-address " + listen);
        tell.accept("  2. Copy " + keys.certificate() + " to the other machine as DIR/keys/peer.crt,");
        tell.accept("     and its keys/" + peer + ".crt to this one as " + folder.keys().resolve("peer.crt") + ".");
        tell.accept("  3. Start both: run/node --config " + path);
        tell.accept("Handlers of vendors go into " + folder.path().resolve("handlers") + ", the certificates of their signers into "
            + folder.path().resolve("signers") + ".");
    }

    static SettingsFile link(String firewall, String listenAddress, int listenPort, String peerAddress, int peerPort) {
        return new SettingsFile("twinwall.link~a")
            .with("listen_address", listenAddress).with("listen_port", listenPort)
            .with("peer_address", peerAddress).with("peer_port", peerPort)
            .with("keystore", "keys/" + firewall + ".p12")
            .with("keystore_password_file", "keys/" + firewall + ".password")
            .with("peer_certificate", "keys/peer.crt");
    }
}
