/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.engine;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

import org.osgi.framework.ServiceReference;
import twinwall.group.BackupPrice;
import twinwall.group.TableStatus;
import twinwall.spi.LocalTable;

/**
 * The tables that are not backed up by design, as the status shows them. They are asked only when the status is; one that fails or has no
 * proper name is left out and named in the log once.
 */
final class LocalTables {

    private static final System.Logger LOG = System.getLogger("twinwall.engine");
    private static final Pattern TYPE = Pattern.compile("[a-z0-9-]{1,64}");

    private final Map<ServiceReference<LocalTable>, Present> tables = new ConcurrentHashMap<>();

    private static final class Present {

        private final LocalTable table;
        private boolean complained;

        Present(LocalTable table) {
            this.table = table;
        }

        TableStatus status() {
            try {
                String type = table.type();
                if (type != null && TYPE.matcher(type).matches()) {
                    return of(type, Math.max(0, table.entries()), table.reason());
                }
                complain("its type '" + type + "' is no name of a-z, 0-9 and hyphen");
            } catch (RuntimeException | LinkageError e) {
                complain(e.toString());
            }
            return null;
        }

        private synchronized void complain(String why) {
            if (!complained) {
                complained = true;
                LOG.log(System.Logger.Level.WARNING, "A table that is not backed up ({0}) is missing from the status: {1}. The other "
                        + "tables are not affected.", table.getClass().getName(), why);
            }
        }

        private static TableStatus of(String type, long entries, String reason) {
            return new TableStatus(type, false, entries, 0, 0, entries, -1, false, reason == null ? "" : reason, 0, 0, 0, 0, -1, Map.of(),
                    null, BackupPrice.NONE, 0, null, null, null);
        }
    }

    void add(ServiceReference<LocalTable> reference, LocalTable table) {
        tables.put(reference, new Present(table));
    }

    void remove(ServiceReference<LocalTable> reference) {
        tables.remove(reference);
    }

    /** One status per type, ordered by type; those that are backed up here are not local, whatever a service says. */
    List<TableStatus> status(Collection<String> backedUp) {
        Map<String, TableStatus> byType = new TreeMap<>();
        tables.entrySet().stream().sorted(Map.Entry.comparingByKey()).forEach(present -> {
            TableStatus status = present.getValue().status();
            if (status != null && !backedUp.contains(status.type())) {
                byType.put(status.type(), status);
            }
        });
        return List.copyOf(byType.values());
    }
}
