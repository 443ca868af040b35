/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded;

import java.util.HashMap;
import java.util.Map;

import twinwall.firewall.FirewallCommand;

/** The command {@code pki} of a firewall under test. */
final class Pkis {

    private Pkis() {
    }

    /** Runs a verb with arguments in pairs. */
    static Map<String, Object> run(TestFirewall on, String verb, String... arguments) {
        Map<String, String> given = new HashMap<>();
        for (int i = 0; i < arguments.length; i += 2) {
            given.put(arguments[i], arguments[i + 1]);
        }
        FirewallCommand pki = on.firewall.commands().stream().filter(each -> each.name().equals("pki")).findFirst().orElseThrow();
        return pki.run(verb, given);
    }
}
