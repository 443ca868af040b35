/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.management;

import java.util.Map;
import java.util.TreeMap;

import twinwall.firewall.FirewallCommand;

/** A command that answers what it was given. */
final class EchoCommand implements FirewallCommand {

    @Override
    public String name() {
        return "echo";
    }

    @Override
    public Map<String, String> verbs() {
        return Map.of("say", "anything");
    }

    @Override
    public Map<String, Object> run(String verb, Map<String, String> arguments) {
        return new TreeMap<>(arguments);
    }
}
