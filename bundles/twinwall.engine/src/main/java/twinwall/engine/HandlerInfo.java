/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.engine;

import java.time.Instant;
import java.util.List;

import twinwall.protocol.Keeper;
import twinwall.protocol.TableSpec;
import twinwall.spi.TableHandler;

/**
 * A table handler with what its service says of it.
 *
 * @param bundle symbolic name of the bundle it comes from
 * @param version of that bundle
 * @param since when it came
 * @param needs types of the tables whose entries its entries need
 */
record HandlerInfo(TableHandler handler, String type, int schema, boolean sensitive, boolean urgent, String bundle, String version,
        Instant since, List<String> needs) {

    /** Of a table that needs no other. */
    HandlerInfo(TableHandler handler, String type, int schema, boolean sensitive, boolean urgent, String bundle, String version,
            Instant since) {
        this(handler, type, schema, sensitive, urgent, bundle, version, since, List.of());
    }

    /** Of what is kept while there is no handler. */
    static HandlerInfo of(Keeper keeper) {
        TableSpec spec = keeper.spec();
        return new HandlerInfo(new KeptTable(keeper), spec.type(), spec.schema(), spec.sensitive(), false, "twinwall.engine", "",
                Instant.now());
    }

    /** Whether there is no handler, and what the peer has is kept. */
    boolean keeps() {
        return handler instanceof KeptTable;
    }

    @Override
    public String toString() {
        return bundle + " " + version;
    }
}
