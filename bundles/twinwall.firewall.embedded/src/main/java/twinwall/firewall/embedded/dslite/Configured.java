/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.dslite;

import twinwall.firewall.EntryRefusedException;
import twinwall.firewall.Ip4;
import twinwall.firewall.embedded.lists.AddressRange;
import twinwall.firewall.embedded.lists.Prefix;
import twinwall.firewall.embedded.nat.PortRange;
import twinwall.firewall.embedded.nat.PublicPool;
import twinwall.firewall.embedded.session.OwnShare;

/** What an entry of the peer is held against: the tunnels' end and the public addresses of this firewall. */
final class Configured {

    /** The tunnels' end; {@code null} without DS-Lite. */
    final Prefix aftr;
    /** Public addresses; empty without DS-Lite. */
    final PublicPool pool;

    /** {@code share} says what may be given away. */
    Configured(DsLiteSettings settings, OwnShare share) {
        aftr = DsLiteSettings.address(settings.aftr());
        int[] addresses = aftr == null ? new int[0] : AddressRange.list(settings.pool());
        pool = new PublicPool("dslite_pool", addresses, PortRange.parse(settings.ports()), share);
    }

    /** Whether tunnels end here. */
    boolean on() {
        return aftr != null;
    }

    /** Refuses what this firewall has no use for. */
    void check(int vsys, Ip4 outside) {
        if (aftr == null) {
            throw new EntryRefusedException("ds-lite-not-configured", "No tunnels end at this firewall: set dslite_aftr to the same on"
                    + " both");
        }
        pool.check(vsys, 0, outside);
    }
}
