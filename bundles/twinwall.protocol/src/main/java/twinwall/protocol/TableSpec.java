/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.protocol;

import java.util.List;

/**
 * What the two sides must know of a table.
 *
 * @param type table type
 * @param schema number of the entry layout
 * @param layout describes the entry layout to the peer's handler
 * @param sensitive never leaves over a link without TLS
 * @param urgent sent at once and before others
 * @param kept no handler is here: the peer's entries are {@link KeptEntries kept} until there is one
 * @param origin of the handler
 * @param needs types of tables without whose entries those of this one must not be used: they go first
 */
public record TableSpec(String type, int schema, byte[] layout, boolean sensitive, boolean urgent, boolean kept, HandlerOrigin origin,
        List<String> needs) {

    /** Of a table with a handler that needs no other. */
    public TableSpec(String type, int schema, byte[] layout, boolean sensitive, boolean urgent, HandlerOrigin origin) {
        this(type, schema, layout, sensitive, urgent, false, origin, List.of());
    }

    /** Of a table that is kept. */
    static TableSpec kept(String type, Work.Open layout, boolean sensitive) {
        return new TableSpec(type, layout.schema(), layout.layout(), sensitive, false, true, HandlerOrigin.UNKNOWN, List.of());
    }
}
