/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.spi;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * A service table that is not backed up by design: an OSGi service. The status names it, so that an operator sees what a failover would
 * cost. Methods may be called from any thread and return at once.
 */
@ConsumerType
public interface LocalTable {

    /** The table type, as in {@link BackupTable#type}. */
    String type();

    /** Why it is not backed up and how it comes back after a failover, as one line for people. */
    String reason();

    /** How many entries there are now: what a failover would cost. */
    long entries();
}
