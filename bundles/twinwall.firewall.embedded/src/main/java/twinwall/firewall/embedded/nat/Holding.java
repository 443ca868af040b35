/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.nat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import twinwall.firewall.embedded.session.Flow;
import twinwall.firewall.embedded.table.AddressKey;

/** Who has one public endpoint: the inside endpoint of its bindings, of its sessions, or of both. */
final class Holding {

    /** A binding, and the table it is in. */
    record Bound(BindingTable table, Object binding) {
    }

    final AddressKey inside;
    /** One for each table that binds it; empty while only sessions are known. */
    final List<Bound> bindings = new ArrayList<>(1);
    final Set<Flow> flows = new HashSet<>(4);

    Holding(AddressKey inside) {
        this.inside = inside;
    }

    boolean isEmpty() {
        return bindings.isEmpty() && flows.isEmpty();
    }
}
