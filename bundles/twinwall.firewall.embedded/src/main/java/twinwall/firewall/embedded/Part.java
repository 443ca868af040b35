/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded;

import java.util.List;
import java.util.Map;

import org.osgi.annotation.versioning.ProviderType;
import twinwall.firewall.FirewallCommand;
import twinwall.firewall.FirewallCounter;
import twinwall.firewall.FirewallTable;

/** A part of the firewall: the service tables it keeps, the commands with which people and programs change them, and what it counts. */
@ProviderType
public interface Part {

    /** Its tables by type; each becomes a service. */
    Map<String, FirewallTable<?>> tables();

    /** Its commands; each becomes a service. */
    default List<FirewallCommand> commands() {
        return List.of();
    }

    /** What it counts; each becomes a service. */
    default List<FirewallCounter> refusals() {
        return List.of();
    }

    /**
     * The peer is about to hand out public endpoints that were this firewall's so far: tells of its entries that say which of them are in
     * use, also of those that are not due for backup. Called under the firewall's lock. Default: all of them are due.
     */
    default void tellEarly() {
    }

    /** Lets the time that has passed take effect. Called under the firewall's lock, every few milliseconds at most while packets come. */
    void age();
}
