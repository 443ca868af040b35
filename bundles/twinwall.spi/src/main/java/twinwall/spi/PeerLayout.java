/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.spi;

/**
 * How the handler on the peer lays out its entries.
 *
 * @param schema {@link BackupTable#schema()} of the peer's handler
 * @param description {@link TableHandler#layout()} of the peer's handler; untrusted bytes of at most 16 KiB
 */
public record PeerLayout(int schema, byte[] description) {
}
