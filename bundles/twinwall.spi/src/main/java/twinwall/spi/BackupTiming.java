/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.spi;

/** When an entry is due for backup. */
public enum BackupTiming {

    /** Once it is worth keeping: for example a TCP session after its three-way handshake. Changes are gathered, then sent. */
    DEFAULT,

    /** At creation, sent at once: quick backup. Costs CPU and heartbeat bandwidth. */
    QUICK
}
