/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.protocol;

/**
 * Entries whose last state a firewall never got from its dead peer.
 *
 * @param exact false when it is an upper bound, or all that a peer had said that fell silent before it was gone
 */
public record Shortfall(long lost, boolean exact) {
}
