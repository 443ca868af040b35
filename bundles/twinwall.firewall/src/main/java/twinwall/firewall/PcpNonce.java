/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall;

import twinwall.record.Fixed;

/**
 * The random number by which a PCP client proves that a mapping is its own (RFC 6887, section 11.1). Twelve bytes in an entry.
 *
 * @param high the first eight bytes
 * @param low the last four
 */
public record PcpNonce(@Fixed(8) long high, @Fixed(4) int low) {
}
