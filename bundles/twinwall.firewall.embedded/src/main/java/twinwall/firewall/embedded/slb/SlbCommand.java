/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.slb;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import twinwall.firewall.FirewallCommand;
import twinwall.firewall.Ip4;
import twinwall.firewall.SlbBinding;
import twinwall.firewall.embedded.command.Arguments;
import twinwall.firewall.embedded.command.Shown;

/**
 * Changes the virtual servers of this firewall. They are configuration: what is changed here must be changed on the peer too, there first,
 * or its bindings are refused.
 */
final class SlbCommand implements FirewallCommand {

    private final L4Balancing balancing;

    SlbCommand(L4Balancing balancing) {
        this.balancing = balancing;
    }

    @Override
    public String name() {
        return "slb";
    }

    @Override
    public Map<String, String> verbs() {
        return Map.of("add-server", "server protocol address port: adds a virtual server", "add-real",
                "server address port [weight]: adds a real server to a virtual one, or changes its weight", "remove",
                "server [address port]: takes a virtual server out, or one of its real ones; sessions go on", "list",
                "[limit]: shows servers, and clients with their real server, at most " + Shown.MOST);
    }

    @Override
    public Map<String, Object> run(String verb, Map<String, String> arguments) {
        String command = "slb " + verb;
        return switch (verb) {
            case "add-server" -> addServer(new Arguments(command, arguments, "server", "protocol", "address", "port"));
            case "add-real" -> addReal(new Arguments(command, arguments, "server", "address", "port", "weight"));
            case "remove" -> remove(new Arguments(command, arguments, "server", "address", "port"));
            case "list" -> list(new Arguments(command, arguments, "limit"));
            default -> throw Arguments.noVerb("slb", verb, verbs());
        };
    }

    private Map<String, Object> addServer(Arguments arguments) {
        arguments.text("protocol");
        balancing.add(new VirtualServer(arguments.protocol("protocol"), new Ip4(arguments.address4("address")),
                arguments.number("port", 1, 65535), new ServerGroup(arguments.text("server"))));
        return Map.of("servers", balancing.servers().size());
    }

    private Map<String, Object> addReal(Arguments arguments) {
        balancing.add(arguments.text("server"), new RealServer(new Ip4(arguments.address4("address")), arguments.number("port", 1, 65535),
                arguments.number("weight", 1, RealServer.MOST_WEIGHT, 1)));
        return Map.of("servers", balancing.servers().size());
    }

    private Map<String, Object> remove(Arguments arguments) {
        String server = arguments.text("server");
        boolean removed = true;
        if (arguments.has("address")) {
            removed = balancing.remove(server, arguments.address4("address"), arguments.number("port", 1, 65535));
        } else {
            balancing.remove(server);
        }
        return Map.of("removed", removed, "servers", balancing.servers().size());
    }

    private Map<String, Object> list(Arguments arguments) {
        List<Object> servers = new ArrayList<>();
        balancing.locked(() -> balancing.servers().forEach(server -> servers.add(shown(server))));
        Map<String, Object> all = new LinkedHashMap<>(Shown.of(balancing.table(), arguments.number("limit", 1, Shown.MOST, 100),
                SlbCommand::shown));
        all.put("servers", servers);
        return all;
    }

    private Map<String, Object> shown(VirtualServer server) {
        List<Object> reals = new ArrayList<>();
        for (RealServer real : server.group().servers()) {
            reals.add(Map.of("address", real.address().toString(), "port", real.port(), "weight", real.weight(), "healthy",
                    balancing.health().healthy(real)));
        }
        return Map.of("server", server.name(), "protocol", server.protocol(), "address", server.address().toString(), "port", server.port(),
                "real", reals);
    }

    private static Map<String, Object> shown(SlbBinding binding) {
        return Map.of("server", binding.group(), "client", binding.client().toString(), "real", binding.real() + ":" + binding.realPort(),
                "remainingSeconds", binding.remainingSeconds());
    }
}
