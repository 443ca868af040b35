/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.tables.scenario;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;

import com.google.gson.JsonParser;
import twinwall.firewall.SslVpnUser;
import twinwall.run.tables.Firewall;
import twinwall.run.tables.Scenario;
import twinwall.run.tables.Tries;

/** A user of the SSL VPN gateway, connected to its services, whose token goes on being valid. */
public final class SslVpnScenario implements Scenario {

    private static final List<String> SERVICES = List.of("port-forwarding", "web-proxy", "file-sharing", "network-extension");
    private static final String ASSIGNED = "10.41.0.1";

    private final VpnClient client = new VpnClient();
    private String token;
    private final Deque<String> varied = new ArrayDeque<>();

    @Override
    public String type() {
        return "ssl-vpn-user";
    }

    @Override
    public Class<SslVpnUser> entry() {
        return SslVpnUser.class;
    }

    @Override
    public String proof() {
        return "no second login: the token is valid; the four services ask to connect again, and work then";
    }

    @Override
    public Map<String, String> settings() {
        return Map.of("sslvpn_gateway", "branch", "sslvpn_port", "${port:sslvpn}", "sslvpn_self_signed", "true", "sslvpn_pool", ASSIGNED,
                "sslvpn_folder", "${config}/keys", "sslvpn_forward", "nobody=127.0.0.1:1", "sslvpn_origins", "nobody=http://127.0.0.1:1");
    }

    @Override
    public Map<String, String> files() {
        return DemoUser.files();
    }

    private HttpResponse<String> ask(Firewall firewall, String method, String path) throws IOException {
        return client.ask(firewall.port("sslvpn"), method, path, token, "");
    }

    private HttpResponse<String> login(Firewall firewall) throws IOException {
        return client.ask(firewall.port("sslvpn"), "POST", "/login", null, "user=" + DemoUser.NAME + "&password=" + DemoUser.PASSWORD);
    }

    private static String token(HttpResponse<String> login) {
        return JsonParser.parseString(login.body()).getAsJsonObject().get("token").getAsString();
    }

    private boolean extended(Firewall firewall) throws IOException {
        return firewall.send(Firewall.INSIDE, Packets.udp(ASSIGNED, 43_000, "198.51.100.41", 53, new byte[8])).forwarded();
    }

    @Override
    public void fill(Firewall a) throws IOException {
        HttpResponse<String> login = login(a);
        if (login.statusCode() != 200) {
            throw new IOException("the login at the SSL VPN gateway was answered with " + login.statusCode() + " " + login.body());
        }
        token = token(login);
        for (String service : SERVICES) {
            if (ask(a, "POST", "/" + service + "/connect").statusCode() != 200) {
                throw new IOException("no channel to " + service);
            }
        }
        if (!extended(a)) {
            throw new IOException("a packet from the network extension was dropped");
        }
    }

    @Override
    public void prove(Firewall b, Tries tries) throws IOException {
        tries.expect(ask(b, "GET", "/status").statusCode() == 200, "the token is valid");
        tries.expect(!extended(b), "packets of the network extension wait until it is connected again");
        for (String service : SERVICES) {
            HttpResponse<String> refused = ask(b, "GET", "/" + service);
            tries.expect(refused.statusCode() == 409 && refused.body().contains("\"reconnect\":\"" + service + "\""),
                    service + " asks to connect again");
            tries.expect(ask(b, "POST", "/" + service + "/connect").statusCode() == 200, service + " is connected again");
        }
        tries.expect(ask(b, "GET", "/file-sharing/").statusCode() == 200, "the shared folder is shown");
        tries.expect(extended(b), "packets of the network extension pass");
    }

    @Override
    public void vary(Firewall active, Random random) throws IOException {
        if (varied.size() > 2) {
            client.ask(active.port("sslvpn"), "POST", "/logout", varied.remove(), "");
        } else {
            HttpResponse<String> login = login(active);
            if (login.statusCode() != 200) {
                throw new IllegalStateException("a login was answered with " + login.statusCode());
            }
            varied.add(token(login));
        }
    }
}
