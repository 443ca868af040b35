/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.itests.shelf.secret;

import java.util.concurrent.ConcurrentMap;
import java.util.function.BiConsumer;
import java.util.function.Function;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import twinwall.itests.shelf.ShelfHandler;
import twinwall.spi.BackupTable;
import twinwall.spi.TableHandler;

/** Backs up a shelf whose entries never travel in plain text. */
@BackupTable(type = "secret", schema = 1, sensitive = true)
@Component(service = TableHandler.class)
public final class SecretShelf extends ShelfHandler {

    /** Backs up the firewall's table. */
    @Activate
    public SecretShelf(@Reference(target = "(shelf=secret)") ConcurrentMap<String, String> shelf,
            @Reference(target = "(shelf=secret)") Function<BiConsumer<String, String>, AutoCloseable> news) {
        super(shelf, news);
    }
}
