/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.nat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

import twinwall.firewall.Ip6;
import twinwall.firewall.embedded.session.Contest;
import twinwall.firewall.embedded.session.Flow;
import twinwall.firewall.embedded.table.AddressKey;

/** Who has one public endpoint: the inside endpoint of its bindings, of its sessions, or of both. */
final class Holding {

    /** A binding, and the table it is in. */
    record Bound(BindingTable table, Object binding) {
    }

    final AddressKey inside;
    /** Somebody else had it here, and gave it up for the peer's word. */
    final boolean contested;
    /** One for each table that binds it; empty while only sessions are known. */
    final List<Bound> bindings = new ArrayList<>(1);
    final Set<Flow> flows = new HashSet<>(4);

    Holding(AddressKey inside, boolean contested) {
        this.inside = inside;
        this.contested = contested;
    }

    /** Whether a binding or a session of it is this firewall's own. */
    boolean isOwn(Predicate<Flow> ownFlow) {
        return bindings.stream().anyMatch(bound -> bound.table().isOwn(bound.binding())) || flows.stream().anyMatch(ownFlow);
    }

    /** Whether it goes before that inside endpoint, reached through that tunnel or none. */
    boolean keeps(AddressKey other, Ip6 otherSoftwire) {
        int tunnel = Contest.compare(softwire(), otherSoftwire);
        if (tunnel != 0) {
            return tunnel < 0;
        }
        int high = otherSoftwire != null ? 0 : Long.compareUnsigned(inside.high(), other.high());
        int low = high != 0 ? high : Long.compareUnsigned(inside.low(), other.low());
        return (low != 0 ? low : Long.compareUnsigned(inside.more(), other.more())) < 0;
    }

    private Ip6 softwire() {
        if (!bindings.isEmpty()) {
            return bindings.get(0).table().softwire(bindings.get(0).binding());
        }
        Flow flow = flows.iterator().next();
        return Endpoints.client(flow).equals(inside) ? flow.softwire : flow.softwireAfter(0);
    }

    boolean isEmpty() {
        return bindings.isEmpty() && flows.isEmpty();
    }
}
