/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.lists;

import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;

import twinwall.firewall.BlacklistEntry.Direction;
import twinwall.firewall.BlacklistEntry.Origin;
import twinwall.firewall.FirewallCommand;
import twinwall.firewall.embedded.command.Arguments;
import twinwall.firewall.embedded.command.Shown;

/**
 * Lets people and programs change a list.
 *
 * @param <E> the entry
 */
final class ListCommand<E extends Record> implements FirewallCommand {

    private static final String PICK = "address [direction=source|destination] [protocol] [port]";

    private final String name;
    private final AddressList<E> list;
    private final ListForm<E> form;
    private final boolean origins;
    private final Adder adder;

    /** Puts an entry in. */
    @FunctionalInterface
    interface Adder {

        void add(Direction direction, InetAddress address, int protocol, int port, Origin origin, String reason,
                OptionalInt timeoutSeconds);
    }

    /**
     * The command of a list.
     *
     * @param origins whether entries say where they are from; otherwise all are manual
     */
    ListCommand(String name, AddressList<E> list, boolean origins, Adder adder) {
        this.name = name;
        this.list = list;
        this.origins = origins;
        this.form = list.form();
        this.adder = adder;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Map<String, String> verbs() {
        return Map.of("add", PICK + (origins ? " [origin=manual|dynamic]" : "") + " [reason] [timeout_s]: puts an entry in or replaces it;"
                + " without a timeout it stays" + (origins ? "; a dynamic one is not backed up" : ""),
                "remove", PICK + ": takes an entry out", "list", "[limit]: shows entries, at most " + Shown.MOST);
    }

    @Override
    public Map<String, Object> run(String verb, Map<String, String> arguments) {
        String command = name + " " + verb;
        return switch (verb) {
            case "add" -> add(origins ? new Arguments(command, arguments, "address", "direction", "protocol", "port", "origin", "reason",
                    "timeout_s") : new Arguments(command, arguments, "address", "direction", "protocol", "port", "reason", "timeout_s"));
            case "remove" -> remove(new Arguments(command, arguments, "address", "direction", "protocol", "port"));
            case "list" -> Shown.of(list, new Arguments(command, arguments, "limit").number("limit", 1, Shown.MOST, 100), this::shown);
            default -> throw Arguments.noVerb(name, verb, verbs());
        };
    }

    private Map<String, Object> add(Arguments arguments) {
        adder.add(direction(arguments), arguments.address("address"), arguments.protocol("protocol"),
                arguments.number("port", 0, 65535, 0), arguments.choice("origin", Origin.class, Origin.MANUAL),
                arguments.text("reason", ""), arguments.optionalNumber("timeout_s", 1, Integer.MAX_VALUE));
        return Map.of("size", list.size());
    }

    private Map<String, Object> remove(Arguments arguments) {
        Pick pick = Pick.of(direction(arguments), arguments.address("address"), arguments.protocol("protocol"),
                arguments.number("port", 0, 65535, 0));
        return Map.of("removed", list.takeOut(pick), "size", list.size());
    }

    private static Direction direction(Arguments arguments) {
        return arguments.choice("direction", Direction.class, Direction.SOURCE);
    }

    private Map<String, Object> shown(E entry) {
        Map<String, Object> all = new LinkedHashMap<>();
        Pick pick = form.pick(entry);
        all.put("direction", Arguments.written(pick.direction()));
        all.put("address", form.address(entry).getHostAddress());
        all.put("protocol", pick.protocol());
        all.put("port", pick.port());
        all.put("origin", form.origin(entry));
        all.put("reason", form.reason(entry));
        form.timeoutSeconds(entry).ifPresent(seconds -> {
            all.put("timeoutSeconds", seconds);
            all.put("remainingSeconds", form.left(entry));
        });
        return all;
    }
}
