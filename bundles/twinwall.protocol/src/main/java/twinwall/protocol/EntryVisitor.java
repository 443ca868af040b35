/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.protocol;

import java.io.IOException;

import org.osgi.annotation.versioning.ConsumerType;

/** Is shown the entries of a table. */
@ConsumerType
public interface EntryVisitor {

    /** One entry. */
    void visit(byte[] key, byte[] value, byte[] soft) throws IOException;
}
