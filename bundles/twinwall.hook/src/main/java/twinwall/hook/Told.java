/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.hook;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

import twinwall.group.RoleChange;

/**
 * What a hook is told.
 *
 * @param firewall name of this firewall, empty when it is not known
 * @param oldRole the role that this hook was told last, {@code initializing} at first
 * @param role {@code initializing}, {@code active}, {@code standby}, {@code load-balancing}; {@code stopped} when the hook ends
 * @param share what this firewall may hand out: {@code none}, {@code first-half}, {@code second-half}, {@code all}
 * @param forwards whether a firewall in this role processes services
 * @param localPriority -1 when it is not known
 * @param peerPriority -1 when the peer was never heard
 */
record Told(String firewall, String oldRole, String role, String share, boolean forwards, String reason, Instant at, int localPriority,
    int peerPriority) {

    static final String INITIALIZING = "initializing";
    private static final String STOPPED = "stopped";

    static Told of(RoleChange change, String firewall, String oldRole) {
        return new Told(firewall, oldRole, change.to().label(), change.share().name().toLowerCase(Locale.ROOT).replace('_', '-'),
            change.to().forwards(), change.reason(), change.at(), change.localPriority(), change.peerPriority());
    }

    /** No engine has told a role yet: what an earlier process may have left behind holds no more. */
    static Told unknown(String firewall) {
        return new Told(firewall, INITIALIZING, INITIALIZING, "none", false, "the role is not known yet", Instant.now(), -1, -1);
    }

    /** The hook ends, because the firewall stops or the hook's settings change. */
    static Told stopped(String firewall, String oldRole) {
        return new Told(firewall, oldRole, STOPPED, "none", false, "the hook ends", Instant.now(), -1, -1);
    }

    /** As a script finds it in its environment. */
    Map<String, String> environment() {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("TWINWALL_FIREWALL", firewall);
        environment.put("TWINWALL_OLD_ROLE", oldRole);
        environment.put("TWINWALL_ROLE", role);
        environment.put("TWINWALL_SHARE", share);
        environment.put("TWINWALL_REASON", reason);
        environment.put("TWINWALL_LOCAL_PRIORITY", Integer.toString(localPriority));
        environment.put("TWINWALL_PEER_PRIORITY", Integer.toString(peerPriority));
        environment.put("TWINWALL_AT", at.toString());
        return environment;
    }
}
