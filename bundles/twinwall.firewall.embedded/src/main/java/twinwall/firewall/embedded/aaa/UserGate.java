/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.aaa;

import twinwall.firewall.OnlineUser;
import twinwall.firewall.embedded.packet.Packet;
import twinwall.firewall.embedded.rule.RuleList;
import twinwall.firewall.embedded.rule.UserCondition;
import twinwall.firewall.embedded.rule.UserLookup;
import twinwall.firewall.embedded.session.Flow;
import twinwall.firewall.embedded.table.Slot;

/**
 * What the packet path asks about users. A session that a rule allowed for a user belongs to one login: when that user has logged out, or
 * another one has logged in at the address, its next packet is refused, and the session ends. Used under the firewall's lock only.
 */
public final class UserGate implements UserLookup {

    /** The two firewalls' clocks may differ by so much. */
    private static final long CLOCKS_DIFFER_SECONDS = 60;

    private final OnlineUsers users;

    public UserGate(OnlineUsers users) {
        this.users = users;
    }

    @Override
    public OnlineUser at(Packet packet) {
        // Behind a tunnel (DS-Lite) an address says nothing about who is there.
        Slot<OnlineUser> slot = packet.softwire != null ? null : users.at(packet.v6, packet.sourceHigh, packet.sourceLow);
        return slot == null ? null : slot.entry();
    }

    /** A session has begun: it belongs to whoever is at its source, whose idle time begins anew. */
    public void began(Flow flow) {
        Slot<OnlineUser> slot = find(flow);
        flow.login = slot == null ? 0 : login(slot.entry());
        if (slot != null) {
            users.touch(slot);
        }
    }

    /** Whether a packet of a session is refused, because its user is not there any more. A packet from a user begins the idle time anew. */
    public boolean refuses(RuleList rules, Flow flow, int direction) {
        UserCondition wanted = rules.user(flow.rule);
        if (wanted == null && users.isEmpty()) {
            return false;
        }
        Slot<OnlineUser> slot = find(flow);
        if (wanted != null && (slot == null || !wanted.met(slot.entry()) || !sameLogin(flow, slot.entry()))) {
            return true;
        }
        if (slot != null && direction == 0) {
            users.touch(slot);
        }
        return false;
    }

    private Slot<OnlineUser> find(Flow flow) {
        return flow.softwire != null ? null : users.at(flow.v6, flow.clientHigh, flow.clientLow);
    }

    /** A session from the peer does not say whose login it belongs to; it cannot be one that came after it. */
    private static boolean sameLogin(Flow flow, OnlineUser user) {
        if (flow.login == 0 && (flow.createdSeconds & 0xffffffffL) + CLOCKS_DIFFER_SECONDS >= user.loginSeconds()) {
            flow.login = login(user);
        }
        return flow.login == login(user);
    }

    private static int login(OnlineUser user) {
        int mark = user.user().hashCode() * 31 + (int) user.loginSeconds();
        return mark == 0 ? 1 : mark;
    }
}
