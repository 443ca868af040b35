/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.engine;

import java.time.Instant;

import twinwall.spi.TableHandler;

/**
 * A table handler with what its service says of it.
 *
 * @param bundle symbolic name of the bundle it comes from
 * @param version of that bundle
 * @param since when it came
 */
record HandlerInfo(TableHandler handler, String type, int schema, boolean sensitive, boolean urgent, String bundle, String version,
        Instant since) {

    @Override
    public String toString() {
        return bundle + " " + version;
    }
}
