/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.itests.shelf.clinging;

import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import java.util.function.Function;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import twinwall.itests.shelf.ShelfHandler;
import twinwall.spi.BackupTable;
import twinwall.spi.TableHandler;

/** A handler that does not let go: its end does not come before it is told to. */
@BackupTable(type = "shelf", schema = 1)
@Component(service = TableHandler.class)
public final class ClingingShelf extends ShelfHandler {

    /** System property that, once set, lets it end. */
    public static final String LET_GO = "shelf.let.go";

    /** Backs up the firewall's table. */
    @Activate
    public ClingingShelf(@Reference(target = "(shelf=shelf)") ConcurrentMap<String, String> shelf,
            @Reference(target = "(shelf=shelf)") Function<BiConsumer<String, String>, AutoCloseable> news) {
        super(shelf, news);
    }

    @Deactivate
    void stop() {
        while (System.getProperty(LET_GO) == null) {
            LockSupport.parkNanos(10_000_000);
        }
    }
}
