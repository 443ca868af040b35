/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.spi;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.osgi.annotation.bundle.Capability;
import org.osgi.annotation.bundle.Requirement;
import org.osgi.service.component.annotations.ComponentPropertyType;

/**
 * Marks a {@link TableHandler} component: which table it backs up. Gives the service properties {@code backup.table.type},
 * {@code backup.table.schema}, {@code backup.table.sensitive}, {@code backup.table.urgent} and {@code backup.table.needs}, a capability of
 * the bundle in the namespace {@code twinwall.table}, and a requirement for an engine.
 */
@ComponentPropertyType
@Capability(namespace = "twinwall.table", attribute = {"twinwall.table=${#type}", "schema:Long=${#schema}"})
@Requirement(namespace = "osgi.implementation", name = "twinwall", version = "1.0", effective = "active")
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface BackupTable {

    /** Prefix of the service properties. */
    String PREFIX_ = "backup.table.";

    /** The table type, for example {@code ipv4-session}: 1 to 64 of a-z, 0-9 and hyphen. Both firewalls use the same name. */
    String type();

    /** Number of the entry layout, from 1. Raise it when entries of the new layout cannot be read by the old handler. */
    int schema();

    /** Entries hold secrets: they never leave over a heartbeat link without TLS. */
    boolean sensitive() default false;

    /** Changes of this table are sent at once, before those of other tables, whatever the backup timing. */
    boolean urgent() default false;

    /**
     * Types of the tables without whose entries those of this one must not be used, for example the NAT tables of a session. What was
     * reported for these before an entry of this table, or is in their snapshots, is restored on the peer before it; a confirmation of the
     * entry says that they are there, too. A type that is not here counts for nothing, and nobody waits for long for a table that does not
     * come on: where a missing entry does harm, ask for it when the entry is used. Default: none.
     */
    String[] needs() default {};
}
