/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.protocol;

import java.io.IOException;

/** Is shown the entries of a table. */
public interface EntryVisitor {

    /** One entry. */
    void visit(byte[] key, byte[] value, byte[] soft) throws IOException;
}
