/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.protocol;

/**
 * How far one table has come, as its firewall last said.
 *
 * @param table the sender's number for it
 * @param sent sequence number of the last change sent
 * @param unsent entries that wait to be sent
 * @param reserve most further changes before the next watermark: what the count may be short of
 * @param entries in the whole table
 */
record Watermark(int table, long sent, long unsent, long reserve, long entries) {
}
