/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.deploy.jar;

/**
 * What a jar may have.
 *
 * @param bytes of the file
 * @param entries in it
 * @param unpackedBytes of all entries together
 */
public record JarLimits(long bytes, int entries, long unpackedBytes) {

    /** Manifests, signature files and component descriptions are read as a whole: each may have so many bytes. */
    static final int DESCRIPTION_BYTES = 1 << 20;
}
