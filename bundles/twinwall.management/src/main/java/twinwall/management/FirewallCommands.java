/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.management;

import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

import org.osgi.framework.ServiceReference;
import twinwall.firewall.FirewallCommand;

/** The {@link FirewallCommand} services of the moment, by name. Of two with one name the one with the higher ranking counts. */
final class FirewallCommands {

    private final Map<ServiceReference<FirewallCommand>, FirewallCommand> present = new ConcurrentHashMap<>();

    void add(ServiceReference<FirewallCommand> reference, FirewallCommand command) {
        present.put(reference, command);
    }

    void remove(ServiceReference<FirewallCommand> reference) {
        present.remove(reference);
    }

    /** Ordered by name. */
    Map<String, FirewallCommand> byName() {
        Map<String, FirewallCommand> byName = new TreeMap<>();
        present.entrySet().stream().sorted(Map.Entry.comparingByKey(Comparator.naturalOrder()))
            .forEach(entry -> byName.put(String.valueOf(entry.getKey().getProperty(FirewallCommand.COMMAND)), entry.getValue()));
        return byName;
    }
}
