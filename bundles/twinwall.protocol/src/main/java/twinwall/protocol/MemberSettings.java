/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.protocol;

import twinwall.group.Role;
import twinwall.group.Share;

/**
 * What one firewall is told about itself and its group.
 *
 * @param firewall name of this firewall
 * @param peer name of the other
 * @param incarnation unique number of this process; a new one tells the peer that everything here was lost
 * @param priority higher becomes active
 * @param helloIntervalMillis between two hellos on each link
 * @param helloMisses so many hellos missed in a row: the peer is down
 * @param backupIntervalMillis changes are gathered so long before they are sent
 * @param quickBackup changes are sent at once
 * @param startWaitMillis a firewall that starts looks so long for its peer before it becomes active alone
 * @param roles how the two share their work
 */
public record MemberSettings(String firewall, String peer, long incarnation, int priority, long helloIntervalMillis, int helloMisses,
        long backupIntervalMillis, boolean quickBackup, long startWaitMillis, RoleSettings roles) {

    /** With the default roles. */
    public MemberSettings(String firewall, String peer, long incarnation, int priority, long helloIntervalMillis, int helloMisses,
            long backupIntervalMillis, boolean quickBackup, long startWaitMillis) {
        this(firewall, peer, incarnation, priority, helloIntervalMillis, helloMisses, backupIntervalMillis, quickBackup, startWaitMillis,
                RoleSettings.DEFAULT);
    }

    /** The same with other roles. */
    public MemberSettings with(RoleSettings others) {
        return new MemberSettings(firewall, peer, incarnation, priority, helloIntervalMillis, helloMisses, backupIntervalMillis,
                quickBackup, startWaitMillis, others);
    }

    /** The hellos that this firewall wants. */
    public Hellos hellos() {
        return new Hellos(helloIntervalMillis, helloMisses);
    }

    /** Of the two, the one whose name sorts first: decides wherever all else is equal. */
    boolean first() {
        return firewall.compareTo(peer) < 0;
    }

    /** What this firewall may hand out in a role. */
    public Share share(Role role) {
        return switch (role) {
            case ACTIVE -> Share.ALL;
            case LOAD_BALANCING -> first() ? Share.FIRST_HALF : Share.SECOND_HALF;
            default -> Share.NONE;
        };
    }
}
