/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.command;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import twinwall.firewall.FirewallTable;

/** Entries of a table as a command shows them. */
public final class Shown {

    /** Entries shown at most. */
    public static final int MOST = 1000;

    private Shown() {
    }

    /**
     * The first entries of a table, in no order.
     *
     * @param most how many, up to {@value #MOST}
     * @return {@code entries}, and under {@code size} how many the table has
     */
    public static <E extends Record> Map<String, Object> of(FirewallTable<E> table, int most, Function<E, Map<String, Object>> shown) {
        List<Map<String, Object>> entries = new ArrayList<>();
        try {
            table.visit(entry -> {
                if (entries.size() >= Math.min(most, MOST)) {
                    throw new EnoughException();
                }
                entries.add(shown.apply(entry));
            });
        } catch (EnoughException expected) {
            // The rest is not shown.
        } catch (IOException e) {
            throw new IllegalStateException("the table cannot be read: " + e.getMessage(), e);
        }
        return Map.of("size", table.size(), "entries", entries);
    }

    /** Ends a visit. */
    private static final class EnoughException extends IOException {

        private static final long serialVersionUID = 1;
    }
}
