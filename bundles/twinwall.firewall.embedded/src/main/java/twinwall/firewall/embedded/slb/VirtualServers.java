/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.slb;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

import twinwall.firewall.Endpoint4;
import twinwall.firewall.embedded.packet.Protocols;

/**
 * The virtual servers, found by where clients send to.
 * <pre>
 * slb_servers = server { ";" server }
 * server      = name ("tcp" | "udp") address ":" port "-&gt;" real { "," real }
 * real        = address ":" port ["weight" number]
 * </pre>
 * Not safe for threads.
 */
public final class VirtualServers {

    /** Virtual servers at most. */
    public static final int MOST = 256;

    private final List<VirtualServer> all = new ArrayList<>();
    private long[] keys = {};
    private VirtualServer[] byKey = {};

    /**
     * Reads a list.
     *
     * @throws IllegalArgumentException when it cannot; the message says what it must be
     */
    public static VirtualServers parse(String text) {
        VirtualServers servers = new VirtualServers();
        for (String one : text.split(";")) {
            if (!one.isBlank()) {
                servers.add(server(one.trim()));
            }
        }
        return servers;
    }

    private static VirtualServer server(String text) {
        int arrow = text.indexOf("->");
        String[] words = text.substring(0, Math.max(0, arrow)).trim().split("\\s+");
        if (words.length != 3) {
            throw new IllegalArgumentException("made of virtual servers such as 'web tcp 203.0.113.80:80 -> 10.0.0.10:8080 weight 3, "
                    + "10.0.0.11:8080', unlike '" + text + "'");
        }
        Endpoint4 at = RealServer.endpoint(words[2]);
        VirtualServer server = new VirtualServer(Protocols.number(words[1]), at.address(), at.port(), new ServerGroup(words[0]));
        for (String real : text.substring(arrow + 2).split(",", -1)) {
            server.group().add(RealServer.parse(real));
        }
        return server;
    }

    /**
     * Adds a virtual server.
     *
     * @throws IllegalArgumentException when its name, or its address, port and protocol, are in use
     * @throws IllegalStateException when there are too many
     */
    public void add(VirtualServer server) {
        if (named(server.name()) != null || find(server.protocol(), server.address().bits(), server.port()) != null) {
            throw new IllegalArgumentException("made of virtual servers whose names and addresses differ, unlike " + server.name());
        }
        if (all.size() == MOST) {
            throw new IllegalStateException("there are " + MOST + " virtual servers, and no more fit in");
        }
        all.add(server);
        index();
    }

    /** Takes a virtual server out, with its real ones. */
    public void remove(VirtualServer server) {
        all.remove(server);
        index();
    }

    private void index() {
        byKey = all.toArray(new VirtualServer[0]);
        Arrays.sort(byKey, (one, other) -> Long.compare(one.key(), other.key()));
        keys = Arrays.stream(byKey).mapToLong(VirtualServer::key).toArray();
    }

    /** The one that answers there, or {@code null}. */
    public VirtualServer find(int protocol, int address, int port) {
        int at = keys.length == 0 ? -1 : Arrays.binarySearch(keys, VirtualServer.key(protocol, address, port));
        return at < 0 ? null : byKey[at];
    }

    /** The one with that name, or {@code null}. */
    public VirtualServer named(String name) {
        return all.stream().filter(server -> server.name().equals(name)).findFirst().orElse(null);
    }

    /** All of them, in the order in which they were added. */
    public List<VirtualServer> all() {
        return Collections.unmodifiableList(all);
    }
}
