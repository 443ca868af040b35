/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.link.netty;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;

import twinwall.settings.Settings;
import twinwall.settings.UnusableConfiguration;

/**
 * What one link is made of.
 *
 * @param listen where the listening firewall awaits its peer; null when not configured
 * @param peer where the connecting firewall finds its peer; null when not configured
 * @param heartbeatOnly never to carry data
 * @param keys what the firewalls prove themselves with; null for plain text
 */
public record LinkSettings(String name, int order, InetSocketAddress listen, InetSocketAddress peer, boolean heartbeatOnly, KeyFiles keys,
    Times times) {

    /** The PID of the configuration factory. */
    public static final String PID = "twinwall.link";

    private static final int MAX_ORDER = 3;
    private static final int MAX_PORT = 65535;

    /**
     * Where the keys are.
     *
     * @param keystore PKCS12 file with the own private key and certificate
     * @param password file that holds the keystore's password
     * @param peerCertificates PEM file: the certificates that a peer may have
     */
    public record KeyFiles(Path keystore, Path password, Path peerCertificates) {
    }

    /**
     * How long things may take, in milliseconds.
     *
     * @param connect for one try to connect
     * @param reconnectPause between two tries, varied by a quarter
     * @param handshake until the peer has proved itself or, in plain text, has sent a frame
     * @param write without a byte taken by the peer
     */
    public record Times(int connect, int reconnectPause, int handshake, int write) {

        /** What is used where nothing is configured. */
        public static final Times DEFAULT = new Times(2_000, 500, 5_000, 10_000);
    }

    /**
     * Reads the settings of one configuration.
     *
     * @param folder where relative paths start
     * @param complain takes one line for each value that cannot be used but has a default
     * @throws UnusableConfiguration when a value cannot be used and has no default
     */
    public static LinkSettings read(String pid, Map<String, ?> values, Path folder, Consumer<String> complain)
        throws UnusableConfiguration {
        Settings settings = new Settings(pid, values, complain);
        return new LinkSettings(
            settings.text("name", Settings.instance(pid, "link")),
            order(settings),
            address(pid, settings, "listen", 0),
            address(pid, settings, "peer", 1),
            settings.flag("heartbeat_only", false),
            settings.flag("tls", true) ? keys(pid, settings, folder) : null,
            times(settings));
    }

    /** The place of a link of which nothing else may be usable. */
    static int order(String pid, Map<String, ?> values) {
        return order(new Settings(pid, values, line -> { }));
    }

    private static int order(Settings settings) {
        return (int) settings.number("order", 0, MAX_ORDER, 0);
    }

    private static Times times(Settings settings) {
        Times otherwise = Times.DEFAULT;
        return new Times(
            (int) settings.number("connect_timeout_ms", 10, 60_000, otherwise.connect),
            (int) settings.number("reconnect_pause_ms", 10, 60_000, otherwise.reconnectPause),
            (int) settings.number("handshake_timeout_ms", 50, 60_000, otherwise.handshake),
            (int) settings.number("write_timeout_ms", 50, 600_000, otherwise.write));
    }

    private static InetSocketAddress address(String pid, Settings settings, String side, int leastPort) throws UnusableConfiguration {
        String port = settings.text(side + "_port", null);
        if (port == null) {
            return null;
        }
        int number = portNumber(port);
        if (number < leastPort) {
            throw new UnusableConfiguration(pid + ": " + side + "_port=" + port + " must be " + leastPort + " to " + MAX_PORT + ".");
        }
        String host = settings.text(side + "_address", "127.0.0.1");
        try {
            return new InetSocketAddress(InetAddress.getByName(host), number);
        } catch (UnknownHostException notFound) {
            throw new UnusableConfiguration(
                pid + ": " + side + "_address=" + host + " must be an IP address or a name that is known here.");
        }
    }

    private static int portNumber(String text) {
        try {
            int number = Integer.parseInt(text);
            return number <= MAX_PORT ? number : -1;
        } catch (NumberFormatException notANumber) {
            return -1;
        }
    }

    private static KeyFiles keys(String pid, Settings settings, Path folder) throws UnusableConfiguration {
        return new KeyFiles(file(pid, settings, "keystore", folder), file(pid, settings, "keystore_password_file", folder),
            file(pid, settings, "peer_certificate", folder));
    }

    private static Path file(String pid, Settings settings, String key, Path folder) throws UnusableConfiguration {
        String path = settings.text(key, null);
        if (path == null) {
            throw new UnusableConfiguration(pid + ": " + key + " is missing. Set it to a file, or tls=false for plain text.");
        }
        try {
            return folder.resolve(path);
        } catch (InvalidPathException unusable) {
            throw new UnusableConfiguration(pid + ": " + key + "=" + path + " must be the path of a file.");
        }
    }
}
