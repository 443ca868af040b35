/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.deploy.jar;

import java.util.List;
import java.util.Set;

import org.osgi.framework.Version;

/**
 * What a jar that passed every check is.
 *
 * @param hash SHA-256 of the file, hexadecimal
 * @param name symbolic name
 * @param signer who signed it; empty when that was not asked for
 * @param tables that it says it backs up
 * @param firewallTables types of the firewall's own tables that its components ask for
 * @param needs what must be here and does not come with it
 * @param provided what others may use of it
 */
public record JarFacts(String hash, String name, Version version, String signer, List<TableClaim> tables, Set<String> firewallTables,
        List<Need> needs, List<Clause> provided) {

    /** Types of the tables that it says it backs up. */
    public List<String> types() {
        return tables.stream().map(TableClaim::type).toList();
    }

    /** For example {@code com.example.lease 1.0.0}. */
    @Override
    public String toString() {
        return name + " " + version;
    }
}
