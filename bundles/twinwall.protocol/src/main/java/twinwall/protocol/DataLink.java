/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.protocol;

/** The connection that carries the data, as a table sees it. */
interface DataLink {

    /** Whether the peer was told so since this connection was last chosen: only then may frames of tables follow. */
    boolean announced();
}
