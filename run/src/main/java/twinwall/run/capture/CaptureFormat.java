/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.capture;

import java.io.IOException;

/** One file format, behind its magic number. */
interface CaptureFormat {

    /**
     * The next packet.
     *
     * @return null at the end of the file
     * @throws DamageException when the file cannot be read further
     */
    CapturedFrame next() throws IOException;

    /** Packets left out because their interface has a link type that cannot be read. */
    default long unreadable() {
        return 0;
    }

    /** A link type that could not be read, -1 when there was none. */
    default int unreadableLinkType() {
        return -1;
    }
}
