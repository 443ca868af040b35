/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.capture;

/**
 * One captured packet as an Ethernet frame.
 *
 * @param timeMicros when it was captured, microseconds since 1970; never negative
 * @param frame Ethernet from the destination address on, without frame check sequence; may be cut by the capture's snap length
 */
public record CapturedFrame(long timeMicros, byte[] frame) {
}
