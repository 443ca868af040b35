/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall;

/**
 * Which firewall of a hot standby group a session belongs to: the one that created it, or took it over when the other was gone. Of the two
 * names the one that sorts first says who is the first. Both firewalls mean the same by it.
 */
public enum SessionOwner {

    /** Not known: the firewall is in no group, or does not know yet which of the two it is. */
    UNKNOWN,

    /** The firewall whose name sorts first. */
    FIRST,

    /** The other one. */
    SECOND
}
