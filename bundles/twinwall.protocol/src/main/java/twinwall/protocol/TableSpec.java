/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.protocol;

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
 */
public record TableSpec(String type, int schema, byte[] layout, boolean sensitive, boolean urgent, boolean kept, HandlerOrigin origin) {

    /** Of a table with a handler. */
    public TableSpec(String type, int schema, byte[] layout, boolean sensitive, boolean urgent, HandlerOrigin origin) {
        this(type, schema, layout, sensitive, urgent, false, origin);
    }

    /** Of a table that is kept. */
    static TableSpec kept(String type, Work.Open layout, boolean sensitive) {
        return new TableSpec(type, layout.schema(), layout.layout(), sensitive, false, true, HandlerOrigin.UNKNOWN);
    }
}
