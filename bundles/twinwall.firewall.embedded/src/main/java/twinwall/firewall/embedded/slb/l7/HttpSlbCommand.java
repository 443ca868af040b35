/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.slb.l7;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import twinwall.firewall.FirewallCommand;
import twinwall.firewall.SlbPersistence;
import twinwall.firewall.embedded.command.Arguments;
import twinwall.firewall.embedded.command.Shown;
import twinwall.firewall.embedded.slb.RealServer;

/** Shows virtual servers for HTTP and TLS, and their clients. The servers are configuration: {@code slb_http}. */
final class HttpSlbCommand implements FirewallCommand {

    private static final Map<String, String> VERBS = Map.of("list",
            "[limit]: shows servers, and clients with their real server, at most " + Shown.MOST);

    private final HttpBalancing balancing;

    HttpSlbCommand(HttpBalancing balancing) {
        this.balancing = balancing;
    }

    @Override
    public String name() {
        return "slb-http";
    }

    @Override
    public Map<String, String> verbs() {
        return VERBS;
    }

    @Override
    public Map<String, Object> run(String verb, Map<String, String> arguments) {
        if (!verb.equals("list")) {
            throw Arguments.noVerb(name(), verb, VERBS);
        }
        Arguments given = new Arguments("slb-http list", arguments, "limit");
        Map<String, Object> all = new LinkedHashMap<>(Shown.of(balancing.table(), given.number("limit", 1, Shown.MOST, 100),
                HttpSlbCommand::shown));
        all.put("servers", balancing.servers().stream().map(this::shown).toList());
        return all;
    }

    private Map<String, Object> shown(HttpVirtualServer server) {
        List<Object> reals = new ArrayList<>();
        for (RealServer real : List.copyOf(server.group().servers())) {
            reals.add(Map.of("real", real.toString(), "weight", real.weight(), "healthy", balancing.health().healthy(real)));
        }
        return Map.of("server", server.name(), "mode", Arguments.written(server.mode()), "listen", server.listen().toString(), "real",
                reals);
    }

    private static Map<String, Object> shown(SlbPersistence entry) {
        return Map.of("server", entry.server(), "kind", Arguments.written(entry.kind()), "idHash",
                HexFormat.of().formatHex(entry.idHash()), "real", entry.real() + ":" + entry.realPort(), "remainingSeconds",
                entry.remainingSeconds());
    }
}
