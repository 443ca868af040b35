/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.trials.stage;

/**
 * How quickly the firewalls notice, and how long failures last.
 *
 * @param helloMillis time between two hellos
 * @param helloMisses so many missed and the peer is down
 * @param stopMillis how long a stopped firewall is stopped
 */
public record Timing(int helloMillis, int helloMisses, long stopMillis) {

    /** How long a firewall may be silent before its peer takes it for dead. */
    public long silenceMillis() {
        return (long) helloMillis * helloMisses;
    }
}
