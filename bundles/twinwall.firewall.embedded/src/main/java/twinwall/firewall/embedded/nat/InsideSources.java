/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.nat;

import java.util.List;

import twinwall.firewall.embedded.lists.Prefix;
import twinwall.firewall.embedded.packet.Packet;
import twinwall.firewall.embedded.rule.Zone;

/** Whose sources one kind of translation changes: IPv4 clients inside, by prefix, that come through no tunnel. Immutable. */
public final class InsideSources {

    private final Prefix[] prefixes;

    /** Reads prefixes separated by commas. */
    public InsideSources(String text) {
        List<Prefix> list = Prefix.list4(text);
        prefixes = list.toArray(new Prefix[0]);
    }

    /** Whether the packet comes from one of them. */
    public boolean sent(Packet packet, int fromZone) {
        return fromZone == Zone.INSIDE && !packet.v6 && packet.softwire == null && contain(packet.sourceLow);
    }

    /** Whether the address is one of them. */
    public boolean contain(long address) {
        for (Prefix prefix : prefixes) {
            if (prefix.contains(false, 0, address)) {
                return true;
            }
        }
        return false;
    }
}
