/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall;

import java.util.Map;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * What a firewall has refused of one kind, for example {@code refused-logins}, counted by reason: an OSGi service, so that a management API
 * shows it without knowing the firewall. Methods may be called from any thread, often, and return at once.
 */
@ConsumerType
public interface FirewallCounter {

    /** Service property with the name, for example {@code refused-logins}. */
    String COUNTER = "firewall.counter";

    /** The same name: lower case, digits, hyphens; a noun in the plural. */
    String name();

    /** What is counted, one sentence for people. */
    String meaning();

    /**
     * How many there were since the firewall started, by reason: lower case, digits, hyphens. Reasons that may still come are there with 0.
     * A count never falls. No names of users or addresses, so that there are few reasons.
     */
    Map<String, Long> counts();
}
