/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.bench.vendor;

import java.util.Hashtable;
import java.util.Map;
import java.util.concurrent.ConcurrentMap;
import java.util.function.BiConsumer;
import java.util.function.Function;

import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import twinwall.spi.TableHandler;

/** Offers a handler for leases while its bundle runs, once the table is there. */
abstract class Leases implements BundleActivator {

    /** The table's type. */
    static final String TYPE = "vendor-lease";

    /** Number of the entry layout. */
    abstract int schema();

    /** A handler for the table. */
    TableHandler handler(ConcurrentMap<String, String> leases, Function<BiConsumer<String, String>, AutoCloseable> news) {
        return new LeaseHandler(leases, news, schema());
    }

    @Override
    @SuppressWarnings("unchecked")
    public final void start(BundleContext context) throws InvalidSyntaxException {
        context.registerService(TableHandler.class, handler(service(context, ConcurrentMap.class), service(context, Function.class)),
                new Hashtable<>(Map.of("backup.table.type", TYPE, "backup.table.schema", schema())));
    }

    private static <T> T service(BundleContext context, Class<T> type) throws InvalidSyntaxException {
        return context.getServiceReferences(type, LeaseTable.SERVICES).stream().map(context::getService).findFirst()
                .orElseThrow(() -> new IllegalStateException("there is no table of leases"));
    }

    @Override
    public final void stop(BundleContext context) {
        // The framework takes its service away.
    }
}
