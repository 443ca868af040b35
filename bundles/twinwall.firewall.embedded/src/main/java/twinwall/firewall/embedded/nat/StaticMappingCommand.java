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
import twinwall.firewall.StaticMapping;
import twinwall.firewall.embedded.command.Arguments;
import twinwall.firewall.embedded.command.Shown;
import twinwall.firewall.embedded.lists.Ip4Range;
import twinwall.firewall.embedded.table.Slot;

/** Lets people add and remove static mappings, and ask who has a public port. */
final class StaticMappingCommand implements FirewallCommand {

    private final StaticMappingTable table;
    private final Lock lock;

    StaticMappingCommand(StaticMappingTable table, Lock lock) {
        this.table = table;
        this.lock = lock;
    }

    @Override
    public String name() {
        return StaticMappingTable.TYPE;
    }

    @Override
    public Map<String, String> verbs() {
        return Map.of("add",
                "inside outside [ports]: maps a range such as 10.0.0.0/24 to one such as 203.0.113.4-203.0.113.7; ports default "
                + "to 1024-65535",
                "remove", "inside: takes a mapping out", "list", "[limit]: shows mappings, at most " + Shown.MOST,
                "inside", "address: shows public address and ports of a private one", "outside",
                "address port: shows the private address that has a public port");
    }

    @Override
    public Map<String, Object> run(String verb, Map<String, String> given) {
        String command = name() + " " + verb;
        if (verb.equals("list")) {
            return Shown.of(table, new Arguments(command, given, "limit").number("limit", 1, Shown.MOST, 100), this::shown);
        }
        lock.lock();
        try {
            return switch (verb) {
                case "add" -> add(new Arguments(command, given, "inside", "outside", "ports"));
                case "remove" -> remove(new Arguments(command, given, "inside"));
                case "inside" -> inside(new Arguments(command, given, "address"));
                case "outside" -> outside(new Arguments(command, given, "address", "port"));
                default -> throw Arguments.noVerb(name(), verb, verbs());
            };
        } catch (EntryRefusedException e) {
            throw new IllegalArgumentException(command + ": " + e.getMessage(), e);
        } finally {
            lock.unlock();
        }
    }

    private Map<String, Object> add(Arguments arguments) {
        Ip4Range inside = range(arguments, "inside");
        Ip4Range outside = range(arguments, "outside");
        PortRange ports;
        try {
            ports = PortRange.parse(arguments.text("ports", "1024-65535"));
        } catch (IllegalArgumentException e) {
            throw arguments.unlike("ports", "ports such as 1024-65535");
        }
        StaticMapping entry = new StaticMapping(0, first(inside), last(inside), first(outside), last(outside), ports.first(), ports.last());
        table.add(entry);
        return shown(entry);
    }

    private Map<String, Object> remove(Arguments arguments) {
        Slot<StaticMapping> slot = table.find(range(arguments, "inside").first());
        if (slot != null) {
            table.remove(slot);
        }
        return Map.of("removed", slot != null, "size", table.size());
    }

    private Map<String, Object> inside(Arguments arguments) {
        long client = arguments.address4("address") & 0xffffffffL;
        StaticRange range = table.inside(client);
        if (range == null) {
            throw arguments.unlike("address", "a private address with a static mapping");
        }
        int first = range.firstPort(client);
        return Map.of("outside", new Ip4(range.address(client)).toString(), "ports", first + "-" + (first + range.portsEach() - 1));
    }

    private Map<String, Object> outside(Arguments arguments) {
        long address = arguments.address4("address") & 0xffffffffL;
        int port = arguments.number("port", 0, 65535);
        StaticRange range = table.outside(address, port);
        if (range == null) {
            throw arguments.unlike("address", "a public address with a static mapping of that port");
        }
        return Map.of("inside", range.client(address, port).toString());
    }

    private Map<String, Object> shown(StaticMapping entry) {
        StaticRange range = StaticRange.of(entry);
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("inside", range.inside().toString());
        shown.put("outside", range.outside().toString());
        shown.put("ports", entry.firstPort() + "-" + entry.lastPort());
        shown.put("portsEach", range.portsEach());
        return shown;
    }

    private static Ip4Range range(Arguments arguments, String name) {
        try {
            return Ip4Range.parse(arguments.text(name));
        } catch (IllegalArgumentException e) {
            throw arguments.has(name) ? arguments.unlike(name, "a range such as 203.0.113.4-203.0.113.7 or 203.0.113.4/30") : e;
        }
    }

    private static Ip4 first(Ip4Range range) {
        return new Ip4((int) range.first());
    }

    private static Ip4 last(Ip4Range range) {
        return new Ip4((int) range.last());
    }
}
