/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.tables.scenario;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;

import twinwall.firewall.SlbPersistence;
import twinwall.run.tables.Firewall;
import twinwall.run.tables.Scenario;
import twinwall.run.tables.Tries;
import twinwall.run.tables.scenario.WebServers.Reply;

/** Web clients that are known by a cookie: each has something on its real server, and must find it again. */
public final class L7SlbScenario implements Scenario {

    private static final int CLIENTS = 12;

    private final List<Reply> first = new ArrayList<>();
    private final Deque<String> varied = new ArrayDeque<>();

    @Override
    public String type() {
        return "l7-slb";
    }

    @Override
    public Class<SlbPersistence> entry() {
        return SlbPersistence.class;
    }

    @Override
    public String proof() {
        return "each cookie finds its real server again";
    }

    @Override
    public Map<String, String> settings() {
        return WebServers.settings();
    }

    @Override
    public void fill(Firewall a) throws IOException {
        for (int i = 0; i < CLIENTS; i++) {
            Reply reply = WebServers.ask(a, "web", null, "");
            if (reply.status() != 200 || reply.cookie().isEmpty()) {
                throw new IOException("the virtual server answered " + reply.status() + " and set the cookie '" + reply.cookie() + "'");
            }
            first.add(reply);
        }
    }

    /** In the opposite order, so that taking turns anew does not happen to be right. */
    @Override
    public void prove(Firewall b, Tries tries) throws IOException {
        for (int i = CLIENTS - 1; i >= 0; i--) {
            Reply before = first.get(i);
            Reply now = WebServers.ask(b, "web", null, before.cookie());
            tries.expect(now.status() == 200 && now.server().equals(before.server()), "client " + i + " is served by real server "
                    + before.server() + " again");
        }
    }

    @Override
    public void vary(Firewall active, Random random) throws IOException {
        String cookie = varied.size() > 10 && random.nextBoolean() ? varied.remove() : "";
        Reply reply = WebServers.ask(active, "web", null, cookie);
        if (reply.status() != 200) {
            throw new IllegalStateException("a request was answered with " + reply.status());
        }
        varied.add(reply.cookie());
    }
}
