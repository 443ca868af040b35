/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.soak;

import java.util.List;

import twinwall.run.trials.stage.Round;

/**
 * One failure under load.
 *
 * @param failure its name
 * @param round what became of the conversations
 * @param faults what was not as it should be in the end: entries that differ, lines in the logs, and those of the round
 */
record Happened(String failure, Round round, List<String> faults) {
}
