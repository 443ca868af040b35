/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.spi;

import java.io.IOException;

import org.osgi.annotation.versioning.ProviderType;

/** Takes the entries of a whole table. The limits of {@link ChangeSink} hold. */
@ProviderType
public interface SnapshotSink {

    /** When entries are due for backup just now. */
    BackupTiming timing();

    /**
     * Whether soft facts are of use. When not, {@link #put} may be given any, also {@code null}: the table's content is compared with the
     * peer's.
     */
    default boolean softWanted() {
        return true;
    }

    /**
     * Writes one entry; blocks while the peer is slow.
     *
     * @throws IOException when the snapshot is no longer wanted; pass it on
     */
    void put(byte[] key, byte[] value, byte[] soft) throws IOException;
}
