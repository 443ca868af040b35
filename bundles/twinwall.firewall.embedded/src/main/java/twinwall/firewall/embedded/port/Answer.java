/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.port;

/**
 * What became of a packet sent through a packet port.
 *
 * @param forwarded whether it goes on
 * @param egress interface it leaves by; -1 for a dropped one
 * @param reason label of the drop reason, for example {@code no-session}; empty for a forwarded one
 * @param frame the frame as it leaves, translated where NAPT applies; empty for a dropped one
 */
public record Answer(boolean forwarded, int egress, String reason, byte[] frame) {
}
