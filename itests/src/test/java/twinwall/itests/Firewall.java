/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.itests;

import static twinwall.itests.Eventually.eventually;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import twinwall.firewall.FirewallCommand;
import twinwall.firewall.FirewallTable;
import twinwall.firewall.embedded.port.PacketPortClient;
import twinwall.group.GroupStatus;
import twinwall.group.HotStandbyGroup;
import twinwall.group.Role;
import twinwall.group.TableStatus;

/** One firewall, as a test sees it. */
final class Firewall {

    /** Every table that is backed up. */
    static final List<String> TABLES = List.of("aaa-user", "blacklist", "car-nat", "crl", "destination-nat", "ds-lite", "ds-lite-server",
            "ipsec-tunnel", "ipv4-session", "ipv6-session", "l4-slb", "l7-slb", "napt", "nat-3-tuple", "nat-no-pat", "nat-server", "nat64",
            "pcp", "pki-certificate", "port-block", "ssl-vpn-user", "static-mac", "static-mapping", "whitelist");

    /** Those of them that never leave over a link without TLS. */
    static final List<String> SENSITIVE_TABLES = List.of("aaa-user", "ipsec-tunnel", "pki-certificate", "ssl-vpn-user");

    /** Every table that is not, by design. */
    static final List<String> LOCAL_TABLES = List.of("bandwidth-management", "content-security", "dsvpn", "gre", "l2tp", "routing");

    private static final int ANSWER_MILLIS = 10_000;

    private final BundleContext context;
    private final Path folder;

    Firewall(BundleContext context, Path folder) {
        this.context = context;
        this.folder = folder;
    }

    BundleContext context() {
        return context;
    }

    Path folder() {
        return folder;
    }

    /** The engine's service; fails when there is none. */
    HotStandbyGroup group() {
        ServiceReference<HotStandbyGroup> reference = context.getServiceReference(HotStandbyGroup.class);
        HotStandbyGroup group = reference == null ? null : context.getService(reference);
        if (group == null) {
            throw new IllegalStateException("No engine is running.");
        }
        return group;
    }

    boolean hasEngine() {
        return context.getServiceReference(HotStandbyGroup.class) != null;
    }

    /** Whether the firewall itself has its settings; without them it is a new one with empty tables. */
    boolean isConfigured() {
        ServiceReference<?> reference = context.getServiceReference("twinwall.firewall.embedded.EmbeddedFirewall");
        return reference == null || reference.getProperty("napt_pool") != null;
    }

    GroupStatus status() {
        return group().status();
    }

    boolean is(Role role) {
        return status().role() == role;
    }

    TableStatus table(String type) {
        return status().tables().stream().filter(table -> table.type().equals(type)).findFirst()
                .orElseThrow(() -> new IllegalStateException("No table " + type));
    }

    boolean inSync(Collection<String> tables) {
        return tables.stream().allMatch(type -> table(type).inSync());
    }

    /** Every entry of the firewall's own table, whether due for backup or not. */
    <E extends Record> List<E> entries(String type, Class<E> entry) {
        try {
            ServiceReference<?> reference = context.getServiceReferences(FirewallTable.class, "(firewall.table=" + type + ")").iterator()
                    .next();
            List<E> entries = new ArrayList<>();
            ((FirewallTable<?>) context.getService(reference)).visit(found -> entries.add(entry.cast(found)));
            return entries;
        } catch (InvalidSyntaxException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Tells the firewall something, as a management API would: name, value, name, value. */
    Map<String, Object> command(String name, String verb, String... arguments) {
        try {
            ServiceReference<?> reference = context.getServiceReferences(FirewallCommand.class, "(firewall.command=" + name + ")")
                    .iterator().next();
            Map<String, String> given = new TreeMap<>();
            for (int i = 0; i < arguments.length; i += 2) {
                given.put(arguments[i], arguments[i + 1]);
            }
            return ((FirewallCommand) context.getService(reference)).run(verb, given);
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Opens the way for packets into this firewall. */
    PacketPortClient packets() {
        Path file = folder.resolve("packets.port");
        eventually("packet port in " + file, () -> Files.exists(file));
        try {
            return new PacketPortClient(Integer.parseInt(Files.readString(file).strip()), ANSWER_MILLIS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Bundle bundle(String symbolicName) {
        return Arrays.stream(context.getBundles()).filter(bundle -> symbolicName.equals(bundle.getSymbolicName())).findFirst()
                .orElseThrow(() -> new IllegalStateException("No bundle " + symbolicName));
    }
}
