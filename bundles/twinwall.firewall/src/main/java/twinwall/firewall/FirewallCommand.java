/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall;

import java.util.Map;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * What people and programs may tell a firewall about one of its tables, for example {@code blacklist}: an OSGi service, so that a
 * management API or a shell offers it without knowing the firewall. Methods may be called from any thread.
 */
@ConsumerType
public interface FirewallCommand {

    /** Service property with the name, for example {@code blacklist}. */
    String COMMAND = "firewall.command";

    /** The same name: lower case, digits, hyphens. */
    String name();

    /**
     * What it can do: verb to one line of help that names the arguments, for example {@code add} to {@code "address [timeout_s]: ..."}.
     * Verbs are written like names. Arguments are written like settings: lower case, digits, underscores, the unit last.
     */
    Map<String, String> verbs();

    /**
     * Does it.
     *
     * @param verb one of {@link #verbs}
     * @param arguments name to text, as the user wrote them; untrusted
     * @return what the user is shown: values are strings, numbers, booleans, lists or maps of these. Secrets must be left out
     * @throws IllegalArgumentException when the verb or an argument cannot be used; the message names it and says what it must be
     * @throws IllegalStateException when it cannot be done now, for example because a table is full; the message says why
     */
    Map<String, Object> run(String verb, Map<String, String> arguments);
}
