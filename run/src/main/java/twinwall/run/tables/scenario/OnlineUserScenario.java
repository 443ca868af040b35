/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.tables.scenario;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import twinwall.firewall.OnlineUser;
import twinwall.run.tables.Firewall;
import twinwall.run.tables.Scenario;
import twinwall.run.tables.Tries;

/** Users who are logged in, by password or because an access server says so, and rules that let only their addresses through. */
public final class OnlineUserScenario implements Scenario {

    private static final int ADDRESSES = 5;
    private static final String SERVER = "198.51.100.40";
    private static final String SECRET = "twin-wall";
    private static final String CLIENTS = "10.40.0.0/24";

    private final List<Conversation> conversations = new ArrayList<>();

    @Override
    public String type() {
        return "aaa-user";
    }

    @Override
    public Class<OnlineUser> entry() {
        return OnlineUser.class;
    }

    @Override
    public String proof() {
        return "no second login: connections go on, new ones begin";
    }

    @Override
    public List<String> rules() {
        return List.of("allow inside->outside tcp from " + CLIENTS + " user group /staff", "deny inside->outside from " + CLIENTS);
    }

    @Override
    public Map<String, String> files() {
        Map<String, String> files = new HashMap<>(DemoUser.files());
        files.put("radius.secret", SECRET + "\n");
        return files;
    }

    @Override
    public Map<String, String> settings() {
        return Map.of("radius_port", "${port:radius}");
    }

    private static String client(int number) {
        return "10.40.0." + (10 + number);
    }

    @Override
    public void fill(Firewall a) throws IOException {
        for (int i = 0; i < ADDRESSES; i++) {
            if (i % 2 == 0) {
                a.command("aaa", "login", "address", client(i), "user", DemoUser.NAME, "password", DemoUser.PASSWORD);
            } else {
                new AccessServer(SECRET).start(a.port("radius"), "dave", client(i));
            }
            conversations.add(Conversation.open(a, client(i), 42_000, SERVER, 443));
        }
    }

    @Override
    public void prove(Firewall b, Tries tries) throws IOException {
        for (int i = 0; i < ADDRESSES; i++) {
            tries.expect(conversations.get(i).upArrives(b), "data from the user at " + client(i) + " passes");
            tries.expect(b.send(Firewall.INSIDE, Packets.tcp(client(i), 42_001, SERVER, 443, Packets.SYN, 1, 0, new byte[0])).forwarded(),
                    "the user at " + client(i) + " may begin another connection");
        }
        tries.expect(!b.send(Firewall.INSIDE, Packets.tcp("10.40.0.99", 42_001, SERVER, 443, Packets.SYN, 1, 0, new byte[0])).forwarded(),
                "nobody is logged in at 10.40.0.99, so nothing begins there");
    }

    @Override
    public void vary(Firewall active, Random random) throws IOException {
        String client = client(100 + random.nextInt(100));
        switch (random.nextInt(3)) {
            case 0 -> active.command("aaa", "logout", "address", client);
            case 1 -> active.command("aaa", "login", "address", client, "user", DemoUser.NAME, "password", DemoUser.PASSWORD);
            default -> new AccessServer(SECRET).start(active.port("radius"), "dave", client);
        }
    }
}
