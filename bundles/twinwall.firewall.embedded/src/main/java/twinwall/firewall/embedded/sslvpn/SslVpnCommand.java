/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.sslvpn;

import java.util.LinkedHashMap;
import java.util.Map;

import twinwall.firewall.FirewallCommand;
import twinwall.firewall.Ip4;
import twinwall.firewall.SslVpnUser;
import twinwall.firewall.embedded.command.Arguments;
import twinwall.firewall.embedded.command.Shown;

/** The command {@code ssl-vpn}: show who is logged in at the gateway, and log users out. */
final class SslVpnCommand implements FirewallCommand {

    private final SslVpn gateway;
    private final SslVpnTable table;

    SslVpnCommand(SslVpn gateway, SslVpnTable table) {
        this.gateway = gateway;
        this.table = table;
    }

    @Override
    public String name() {
        return "ssl-vpn";
    }

    @Override
    public Map<String, String> verbs() {
        return Map.of("logout", "user: ends all sessions of the user", "list", "[limit]: shows sessions, at most " + Shown.MOST);
    }

    @Override
    public Map<String, Object> run(String verb, Map<String, String> given) {
        String command = name() + " " + verb;
        return switch (verb) {
            case "logout" -> Map.of("loggedOut", gateway.logoutUser(new Arguments(command, given, "user").text("user")));
            case "list" -> Shown.of(table, new Arguments(command, given, "limit").number("limit", 1, Shown.MOST, 100),
                    SslVpnCommand::shown);
            default -> throw Arguments.noVerb(name(), verb, verbs());
        };
    }

    private static Map<String, Object> shown(SslVpnUser session) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("gateway", session.gateway());
        shown.put("user", session.user());
        shown.put("session", Long.toHexString(session.session()));
        shown.put("client", session.client().getHostAddress());
        shown.put("assigned", session.assigned().map(Ip4::toString).orElse(""));
        shown.put("roles", session.roles());
        shown.put("loginSeconds", session.loginSeconds());
        shown.put("remainingSeconds", session.remainingSeconds());
        return shown;
    }
}
