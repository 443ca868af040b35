/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.spi;

import java.io.IOException;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Where a handler takes entries from the peer into its own table. Called on one thread at a time, never on the firewall's packet path.
 * An exception takes the table out of sync; the engine starts over with a new snapshot.
 */
@ConsumerType
public interface EntrySink {

    /** Adds an entry or replaces the one with the same key. Doing it twice changes nothing. */
    void put(byte[] key, byte[] value, byte[] soft) throws IOException;

    /** Removes an entry; nothing happens when there is none. */
    void remove(byte[] key) throws IOException;
}
