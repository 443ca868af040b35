/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Turns a Java record into the key, value and soft bytes of an entry and back. A helper: a handler may use bytes of its own.
 * <p>
 * Start at {@link twinwall.record.RecordCodec}. The bytes are described in {@code FORMAT.md} of this bundle.
 * <p>
 * The annotations also go to the accessor methods, where bnd finds them and imports this package: a record whose bundle did not import it
 * would have no annotations at run time.
 */
@Version("1.0.0")
package twinwall.record;

import org.osgi.annotation.versioning.Version;
