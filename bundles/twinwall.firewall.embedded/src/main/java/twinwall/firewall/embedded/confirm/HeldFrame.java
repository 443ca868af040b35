/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.confirm;

import java.util.List;

import twinwall.firewall.embedded.LateFrames;
import twinwall.firewall.embedded.Verdict;

/**
 * A frame that waits, as it is to leave.
 *
 * @param bytes of the {@link FramePool}; the frame begins at 0
 * @param length octets of the frame
 * @param more the rest of a packet that was too large
 * @param verdict what becomes of it when it may leave
 * @param to where it leaves
 * @param number that {@code to} knows it by
 */
record HeldFrame(byte[] bytes, int length, List<byte[]> more, Verdict verdict, LateFrames to, long number) {
}
