/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.tables;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToIntFunction;

import com.google.gson.JsonObject;
import twinwall.run.pair.NodeApi;
import twinwall.run.pair.NodePackets;
import twinwall.run.pair.PacketPath;

/** One of the two firewalls, as a scenario sees it. */
public final class Firewall implements PacketPath {

    /** Interface towards the clients. */
    public static final int INSIDE = 0;
    /** Interface towards the servers. */
    public static final int OUTSIDE = 1;

    private final NodeApi api;
    private final NodePackets packets;
    private final ToIntFunction<String> ports;
    private final Path folder;

    /**
     * A firewall.
     *
     * @param packets its packet port, connected
     * @param ports the port for a name, see {@link #port}
     * @param folder its config folder
     */
    public Firewall(NodeApi api, NodePackets packets, ToIntFunction<String> ports, Path folder) {
        this.api = api;
        this.packets = packets;
        this.ports = ports;
        this.folder = folder;
    }

    @Override
    public Passage send(long timeMicros, int networkInterface, byte[] frame) throws IOException {
        return packets.send(timeMicros, networkInterface, frame);
    }

    /**
     * Tells it something about one of its tables through the management API.
     *
     * @param arguments name, value, name, value ...
     * @throws IOException with the firewall's own words when it refuses
     */
    public JsonObject command(String command, String verb, String... arguments) throws IOException {
        Map<String, String> named = new LinkedHashMap<>();
        for (int i = 0; i < arguments.length; i += 2) {
            named.put(arguments[i], arguments[i + 1]);
        }
        return api.command(command, verb, named);
    }

    /** The management API. */
    public NodeApi api() {
        return api;
    }

    /** The free port that stands for {@code ${port:NAME}} in its settings. */
    public int port(String name) {
        return ports.applyAsInt(name);
    }

    /** Its config folder. */
    public Path folder() {
        return folder;
    }
}
