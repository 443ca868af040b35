/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded;

/** What moves the firewall's time. */
public enum Clock {

    /** The system's time, also when no packet comes. */
    SYSTEM,

    /** Time is the largest packet time seen; nothing else moves it. For captures. */
    PACKETS
}
