/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.bridge;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.Lock;

import twinwall.firewall.EntryRefusedException;
import twinwall.firewall.FirewallCommand;
import twinwall.firewall.MacEntry;
import twinwall.firewall.MacEntry.Type;
import twinwall.firewall.embedded.command.Arguments;
import twinwall.firewall.embedded.command.Shown;
import twinwall.firewall.embedded.table.Slot;
import twinwall.record.MacAddress;

/** Lets people say behind which port an address is. */
final class MacCommand implements FirewallCommand {

    private final MacTable table;
    private final Lock lock;

    MacCommand(MacTable table, Lock lock) {
        this.table = table;
        this.lock = lock;
    }

    @Override
    public String name() {
        return "mac";
    }

    @Override
    public Map<String, String> verbs() {
        return Map.of("add", "mac interface [vlan]: the address is behind that inside port and nowhere else", "remove",
                "mac [vlan]: forgets the address, static or learned", "list", "[limit]: shows addresses, at most " + Shown.MOST);
    }

    @Override
    public Map<String, Object> run(String verb, Map<String, String> arguments) {
        String command = "mac " + verb;
        return switch (verb) {
            case "add" -> add(new Arguments(command, arguments, "mac", "interface", "vlan"));
            case "remove" -> remove(new Arguments(command, arguments, "mac", "vlan"));
            case "list" -> list(new Arguments(command, arguments, "limit"));
            default -> throw Arguments.noVerb("mac", verb, verbs());
        };
    }

    private Map<String, Object> add(Arguments arguments) {
        MacEntry entry = new MacEntry(vlan(arguments), address(arguments), arguments.number("interface", 0, 255), Type.STATIC, 0);
        lock.lock();
        try {
            table.check(entry);
            table.put(entry);
        } catch (EntryRefusedException e) {
            throw new IllegalArgumentException("mac add: " + e.getMessage(), e);
        } finally {
            lock.unlock();
        }
        return Map.of("size", table.size());
    }

    private Map<String, Object> remove(Arguments arguments) {
        int vlan = vlan(arguments);
        MacAddress address = address(arguments);
        lock.lock();
        try {
            Slot<MacEntry> slot = table.find(vlan, address.bits());
            if (slot != null) {
                table.remove(slot);
            }
            return Map.of("removed", slot != null, "size", table.size());
        } finally {
            lock.unlock();
        }
    }

    private Map<String, Object> list(Arguments arguments) {
        Map<String, Object> all = new LinkedHashMap<>(Shown.of(table, arguments.number("limit", 1, Shown.MOST, 100), MacCommand::shown));
        all.put("learned", table.learnedEntries());
        return all;
    }

    private static Map<String, Object> shown(MacEntry entry) {
        return Map.of("vlan", entry.vlan(), "mac", entry.address().toString(), "interface", entry.networkInterface(), "type",
                Arguments.written(entry.type()), "remainingSeconds", entry.remainingSeconds());
    }

    private static int vlan(Arguments arguments) {
        return arguments.number("vlan", 0, Ethernet.RESERVED_VLAN - 1, 0);
    }

    private static MacAddress address(Arguments arguments) {
        try {
            return MacAddress.parse(arguments.text("mac"));
        } catch (IllegalArgumentException e) {
            throw arguments.has("mac") ? arguments.unlike("mac", "six octets such as 00:00:5e:00:53:01") : e;
        }
    }
}
