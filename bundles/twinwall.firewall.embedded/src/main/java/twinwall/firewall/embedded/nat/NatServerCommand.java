/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.nat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.Lock;

import twinwall.firewall.EntryRefusedException;
import twinwall.firewall.FirewallCommand;
import twinwall.firewall.Ip4;
import twinwall.firewall.NatServer;
import twinwall.firewall.embedded.command.Arguments;
import twinwall.firewall.embedded.command.Shown;
import twinwall.firewall.embedded.packet.Protocols;
import twinwall.firewall.embedded.table.Slot;

/** Lets people add and remove NAT servers. */
final class NatServerCommand implements FirewallCommand {

    private final NatServerTable table;
    private final Lock lock;

    NatServerCommand(NatServerTable table, Lock lock) {
        this.table = table;
        this.lock = lock;
    }

    @Override
    public String name() {
        return NatServerTable.TYPE;
    }

    @Override
    public Map<String, String> verbs() {
        return Map.of("add",
                "name global inside [protocol=tcp|udp global_port [inside_port]] [no_reverse=true]: makes a server reachable or "
                + "replaces the one with that name; ports are one or a range; without them the whole address", "remove",
                "name: takes a server out; its sessions go on", "list", "[limit]: shows servers, at most " + Shown.MOST);
    }

    @Override
    public Map<String, Object> run(String verb, Map<String, String> given) {
        String command = name() + " " + verb;
        return switch (verb) {
            case "add" -> add(new Arguments(command, given, "name", "global", "inside", "protocol", "global_port", "inside_port",
                    "no_reverse"), command);
            case "remove" -> remove(new Arguments(command, given, "name"));
            case "list" -> Shown.of(table, new Arguments(command, given, "limit").number("limit", 1, Shown.MOST, 100),
                    NatServerCommand::shown);
            default -> throw Arguments.noVerb(name(), verb, verbs());
        };
    }

    private Map<String, Object> add(Arguments arguments, String command) {
        boolean whole = !arguments.has("protocol") && !arguments.has("global_port") && !arguments.has("inside_port");
        PortRange global = whole ? null : ports(arguments, "global_port", "");
        PortRange inside = whole ? null : ports(arguments, "inside_port", arguments.text("global_port"));
        if (!whole && global.size() != inside.size()) {
            throw arguments.unlike("inside_port", "as many ports as global_port");
        }
        NatServer server = new NatServer(0, arguments.text("name"), whole ? 0 : arguments.protocol("protocol"),
                new Ip4(arguments.address4("global")), whole ? 0 : global.first(), new Ip4(arguments.address4("inside")),
                whole ? 0 : inside.first(), whole ? 0 : global.size(), flag(arguments, "no_reverse"));
        lock.lock();
        try {
            table.add(server);
            return shown(server);
        } catch (EntryRefusedException e) {
            throw new IllegalArgumentException(command + ": " + e.getMessage(), e);
        } finally {
            lock.unlock();
        }
    }

    private Map<String, Object> remove(Arguments arguments) {
        lock.lock();
        try {
            Slot<NatServer> slot = table.find(arguments.text("name"));
            if (slot != null) {
                table.remove(slot);
            }
            return Map.of("removed", slot != null, "size", table.size());
        } finally {
            lock.unlock();
        }
    }

    private static PortRange ports(Arguments arguments, String name, String otherwise) {
        String text = otherwise.isEmpty() ? arguments.text(name) : arguments.text(name, otherwise);
        try {
            return PortRange.parse(text);
        } catch (IllegalArgumentException e) {
            throw arguments.unlike(name, "a port or a range such as 8000-8009");
        }
    }

    private static boolean flag(Arguments arguments, String name) {
        return switch (arguments.text(name, "false")) {
            case "true" -> true;
            case "false" -> false;
            default -> throw arguments.unlike(name, "true or false");
        };
    }

    private static Map<String, Object> shown(NatServer server) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("name", server.name());
        shown.put("global", server.global().toString());
        shown.put("inside", server.inside().toString());
        if (server.ports() > 0) {
            shown.put("protocol", server.protocol() == Protocols.TCP ? "tcp" : "udp");
            shown.put("globalPort", range(server.globalPort(), server.ports()));
            shown.put("insidePort", range(server.insidePort(), server.ports()));
        }
        shown.put("noReverse", server.noReverse());
        return shown;
    }

    private static String range(int first, int size) {
        return size == 1 ? Integer.toString(first) : first + "-" + (first + size - 1);
    }
}
