/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.group;

/**
 * How a command ended.
 *
 * @param done whether what was asked for has happened
 * @param message one line for people: what happened, or what is lacking and what to do
 * @param waitedMillis how long it took
 */
public record Verdict(boolean done, String message, long waitedMillis) {
}
