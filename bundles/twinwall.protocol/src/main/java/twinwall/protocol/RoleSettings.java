/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.protocol;

import twinwall.group.Networking;

/**
 * How the two firewalls of a group share their work, and when one takes it back.
 *
 * @param networking the same on both firewalls
 * @param preemption whether a firewall that has recovered takes its work back by itself
 * @param preemptionDelayMillis for so long without a break it must have been entitled to it
 */
public record RoleSettings(Networking networking, boolean preemption, long preemptionDelayMillis) {

    /** Active-standby, with preemption after a minute. */
    public static final RoleSettings DEFAULT = new RoleSettings(Networking.ACTIVE_STANDBY, true, 60_000);

    boolean loadBalancing() {
        return networking == Networking.LOAD_BALANCING;
    }
}
