/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.demo.tables;

/**
 * One service table that is not backed up by design.
 *
 * @param onA entries on FW_A when it died: what the failover cost
 * @param onB entries on FW_B when it had taken over
 * @param reason why it is not backed up and how it comes back
 */
record LocalRow(String type, long onA, long onB, String reason) {
}
