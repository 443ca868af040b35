/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.local;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Lock;

import twinwall.firewall.FirewallCommand;
import twinwall.firewall.embedded.EmbeddedFirewall;
import twinwall.firewall.embedded.lists.Prefix;
import twinwall.firewall.embedded.lists.PrefixMap;

/**
 * Routes, found by longest match. As soon as there is one, a packet goes on only where a route says that its destination, after
 * translation, is. Which interface that is follows from the session; a route confirms it.
 */
final class Routes implements FirewallCommand {

    private final Lock lock;
    private final int most;
    private final PrefixMap<Route> routes = new PrefixMap<>();

    /** A route: a prefix as it was written and the interface behind which it is. */
    private record Route(String prefix, int networkInterface, String nextHop) {
    }

    Routes(Lock lock, int most) {
        this.lock = lock;
        this.most = most;
    }

    /** How many there are. */
    int size() {
        return routes.size();
    }

    /** Whether the longest route that holds the address leads to the interface. */
    boolean lead(boolean v6, long high, long low, int networkInterface) {
        Route route = routes.longest(v6, high, low, any -> true);
        return route != null && route.networkInterface == networkInterface;
    }

    @Override
    public String name() {
        return "route";
    }

    @Override
    public Map<String, String> verbs() {
        return Map.of("add", "prefix interface [next_hop]: the prefix is behind the interface, inside or outside; replaces one of the same",
                "remove", "prefix: takes a route out", "list", "shows every route");
    }

    @Override
    public Map<String, Object> run(String verb, Map<String, String> arguments) {
        lock.lock();
        try {
            return switch (verb) {
                case "add" -> add(arguments);
                case "remove" -> remove(arguments);
                case "list" -> Map.of("routes", list());
                default -> throw new IllegalArgumentException("route: verbs are add, remove and list, unlike " + verb);
            };
        } finally {
            lock.unlock();
        }
    }

    private Map<String, Object> add(Map<String, String> arguments) {
        Prefix prefix = prefix(arguments);
        String named = arguments.getOrDefault("interface", "");
        if (!named.equals("inside") && !named.equals("outside")) {
            throw new IllegalArgumentException("route: interface must be inside or outside, unlike " + named);
        }
        String nextHop = arguments.getOrDefault("next_hop", "");
        if (!nextHop.isEmpty() && Prefix.parse(nextHop).v6() != prefix.v6()) {
            throw new IllegalArgumentException("route: next_hop must be an address of the prefix's kind, unlike " + nextHop);
        }
        if (routes.get(prefix) == null && routes.size() >= most) {
            throw new IllegalStateException("The table is full: max_routes is " + most + ".");
        }
        String text = arguments.get("prefix").trim();
        routes.put(prefix, new Route(text, named.equals("inside") ? EmbeddedFirewall.INSIDE : EmbeddedFirewall.OUTSIDE, nextHop));
        return Map.of("added", text, "routes", routes.size());
    }

    private Map<String, Object> remove(Map<String, String> arguments) {
        if (routes.remove(prefix(arguments)) == null) {
            throw new IllegalArgumentException("route: there is no route " + arguments.get("prefix"));
        }
        return Map.of("removed", arguments.get("prefix"), "routes", routes.size());
    }

    private static Prefix prefix(Map<String, String> arguments) {
        String text = arguments.getOrDefault("prefix", "").trim();
        try {
            return Prefix.parse(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("route: prefix must be " + e.getMessage(), e);
        }
    }

    private List<Map<String, Object>> list() {
        List<Map<String, Object>> all = new ArrayList<>();
        routes.values().stream().sorted(Comparator.comparing(Route::prefix)).forEach(route -> {
            Map<String, Object> shown = new LinkedHashMap<>();
            shown.put("prefix", route.prefix);
            shown.put("interface", route.networkInterface == EmbeddedFirewall.INSIDE ? "inside" : "outside");
            shown.put("nextHop", route.nextHop);
            all.add(shown);
        });
        return all;
    }
}
