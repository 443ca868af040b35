/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.demo.tables;

import java.util.List;

/**
 * What became of every service table.
 *
 * @param takeoverMillis the slowest takeover of all pairs
 */
record TablesResult(List<TableRow> tables, List<LocalRow> local, long takeoverMillis) {

    /** Entries that should have survived and did not. */
    int lost() {
        return tables.stream().mapToInt(TableRow::lost).sum();
    }

    /** Whether every table survived that is backed up. */
    boolean survived() {
        return tables.stream().allMatch(TableRow::survived);
    }
}
