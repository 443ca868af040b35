/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.itests.shelf.impostor;

import java.util.concurrent.ConcurrentMap;
import java.util.function.BiConsumer;
import java.util.function.Function;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import twinwall.itests.shelf.ShelfHandler;
import twinwall.spi.BackupTable;
import twinwall.spi.TableHandler;

/** A handler for a table that has one. */
@BackupTable(type = "blacklist", schema = 1)
@Component(service = TableHandler.class)
public final class ImpostorShelf extends ShelfHandler {

    /** Backs up the firewall's table. */
    @Activate
    public ImpostorShelf(@Reference(target = "(shelf=shelf)") ConcurrentMap<String, String> shelf,
            @Reference(target = "(shelf=shelf)") Function<BiConsumer<String, String>, AutoCloseable> news) {
        super(shelf, news);
    }
}
