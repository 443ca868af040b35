/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.slb;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Real servers that share work by weight: smooth weighted round robin. Each choice raises every healthy server by its weight, and takes the
 * highest down by the sum: weights 3 and 1 give A A B A, not A A A B. Shares are exact, not only on average. Not safe for threads.
 */
public final class ServerGroup {

    /** Real servers in one group. */
    public static final int MOST = 256;

    private final String name;
    private final List<RealServer> servers = new ArrayList<>();
    private int[] standing = new int[4];

    /** An empty group with that name. */
    public ServerGroup(String name) {
        this.name = name;
    }

    /** Its name. */
    public String name() {
        return name;
    }

    /**
     * Adds a server, or gives the one with the same address and port another weight.
     *
     * @throws IllegalStateException when there are too many
     */
    public void add(RealServer server) {
        int at = place(server.address().bits(), server.port());
        if (at >= 0) {
            servers.set(at, server);
        } else if (servers.size() == MOST) {
            throw new IllegalStateException(name + " has " + MOST + " real servers, and no more fit in");
        } else {
            servers.add(server);
            standing = new int[servers.size()];
        }
    }

    /** Takes a server out; whether it was there. */
    public boolean remove(int address, int port) {
        int at = place(address, port);
        if (at >= 0) {
            servers.remove(at);
            standing = new int[servers.size()];
        }
        return at >= 0;
    }

    /** The member with that address and port, or {@code null}. */
    public RealServer member(int address, int port) {
        int at = place(address, port);
        return at < 0 ? null : servers.get(at);
    }

    /** The server for a new client, or {@code null} when none is healthy. */
    public RealServer choose(Health health) {
        int best = -1;
        int sum = 0;
        for (int i = 0; i < servers.size(); i++) {
            RealServer server = servers.get(i);
            if (health.healthy(server)) {
                standing[i] += server.weight();
                sum += server.weight();
                if (best < 0 || standing[i] > standing[best]) {
                    best = i;
                }
            }
        }
        if (best < 0) {
            return null;
        }
        standing[best] -= sum;
        return servers.get(best);
    }

    /** All of them, in the order in which they were added. */
    public List<RealServer> servers() {
        return Collections.unmodifiableList(servers);
    }

    private int place(int address, int port) {
        for (int i = 0; i < servers.size(); i++) {
            if (servers.get(i).is(address, port)) {
                return i;
            }
        }
        return -1;
    }
}
