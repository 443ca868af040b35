/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.service;

import java.io.IOException;

import twinwall.firewall.EntryVisitor;
import twinwall.firewall.FirewallTable;
import twinwall.firewall.TableWatcher;

/** Passes a table of the firewall on, so that it can be a service with properties of its own. */
abstract class TableService<E extends Record> implements FirewallTable<E> {

    private final FirewallTable<E> table;

    TableService(FirewallTable<E> table) {
        this.table = table;
    }

    @Override
    public AutoCloseable watch(TableWatcher<? super E> watcher) {
        return table.watch(watcher);
    }

    @Override
    public void visit(EntryVisitor<? super E> visitor) throws IOException {
        table.visit(visitor);
    }

    @Override
    public void restore(E entry) {
        table.restore(entry);
    }

    @Override
    public void forget(E key) {
        table.forget(key);
    }

    @Override
    public int size() {
        return table.size();
    }
}
