/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.group;

/** How the two firewalls share the work. */
public enum Networking {

    /** One processes services, the other stands by. */
    ACTIVE_STANDBY,

    /** Both process services. */
    LOAD_BALANCING
}
