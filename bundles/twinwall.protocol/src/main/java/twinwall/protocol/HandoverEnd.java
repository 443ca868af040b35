/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.protocol;

import java.util.List;

import twinwall.group.Verdict.TableWait;

/**
 * How a handover ended.
 *
 * @param commanded whether somebody waits for a verdict
 * @param done whether the peer has what it was to get
 * @param message one line for people
 * @param tables what it waited for
 */
public record HandoverEnd(boolean commanded, boolean done, String message, List<TableWait> tables) {
}
