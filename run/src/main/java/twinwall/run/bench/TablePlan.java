/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.bench;

import java.io.IOException;
import java.util.Map;
import java.util.function.LongFunction;

/**
 * What is particular about a table for the bench.
 *
 * @param settings of the firewall without which it takes no entries
 * @param components by name, those that cannot be anything
 * @param most how many entries make sense
 * @param imports makes the entries where they cannot be numbered; {@code null} where they can
 */
record TablePlan(Map<String, String> settings, Map<String, LongFunction<Object>> components, int most, Imports imports) {

    /** Makes entries out of what people would import. */
    @FunctionalInterface
    interface Imports {

        /** Makes so many. */
        Imported make(int count) throws IOException;
    }

    /** No more entries than these. */
    TablePlan upTo(int entries) {
        return new TablePlan(settings, components, entries, imports);
    }

    /** So many entries, which are made in this way. */
    TablePlan imported(int entries, Imports by) {
        return new TablePlan(settings, components, entries, by);
    }
}
