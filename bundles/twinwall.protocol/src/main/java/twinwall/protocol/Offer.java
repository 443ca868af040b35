/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.protocol;

/**
 * A peer's offer of a table.
 *
 * @param number counts the offers of this table; the answer repeats it
 * @param open what the handler is opened with
 * @param log unique number of the table's life in the peer's process
 * @param firstClock where the stamps of this log begin
 */
record Offer(long number, Work.Open open, long log, long firstClock) {
}
