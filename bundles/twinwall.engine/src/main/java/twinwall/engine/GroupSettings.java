/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.engine;

import twinwall.group.Networking;
import twinwall.protocol.MemberSettings;
import twinwall.protocol.RoleSettings;
import twinwall.settings.Settings;

/** Reads {@link Config}. */
final class GroupSettings {

    private GroupSettings() {
    }

    static MemberSettings read(Settings given, long incarnation) {
        String firewall = given.text("firewall", "fw-a");
        String peer = given.text("peer", "fw-b");
        if (firewall.equals(peer)) {
            peer = given.complain("peer", peer, "another name than firewall", firewall.equals("fw-b") ? "fw-a" : "fw-b");
        }
        return new MemberSettings(firewall, peer, incarnation,
                (int) given.number("priority", 0, 100_000, 45_000),
                given.number("hello_interval_ms", 10, 60_000, 1000),
                (int) given.number("hello_misses", 2, 100, 5),
                given.number("backup_interval_ms", 0, 60_000, 100),
                given.flag("quick_backup", false),
                given.number("start_wait_ms", 0, 600_000, 10_000),
                new RoleSettings(given.choice("networking", Networking.class, Networking.ACTIVE_STANDBY),
                        given.flag("preemption", true),
                        given.number("preemption_delay_ms", 0, 1_800_000, 60_000)));
    }
}
