/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.ipsec;

import twinwall.firewall.embedded.DropReason;
import twinwall.firewall.embedded.nat.NatKind;
import twinwall.firewall.embedded.packet.Packet;
import twinwall.firewall.embedded.rule.Zone;
import twinwall.firewall.embedded.session.Flow;

/** Keeps the addresses of what goes through a tunnel: its selectors are about them. Asked before every kind that would change them. */
final class TunnelExemption implements NatKind {

    private final TunnelTable table;

    TunnelExemption(TunnelTable table) {
        this.table = table;
    }

    @Override
    public boolean applies(int fromZone, Packet packet, Flow flow) {
        if (fromZone != Zone.INSIDE || packet.softwire != null || !table.any()) {
            return false;
        }
        boolean redirected = flow.isRedirected();
        return table.sealing(packet.v6, packet.sourceHigh, packet.sourceLow, redirected ? 0 : packet.destinationHigh,
                redirected ? flow.farServerLow() : packet.destinationLow) != null;
    }

    @Override
    public DropReason translate(Packet packet, Flow flow) {
        return null;
    }

    @Override
    public boolean owns(Flow flow) {
        return false;
    }
}
