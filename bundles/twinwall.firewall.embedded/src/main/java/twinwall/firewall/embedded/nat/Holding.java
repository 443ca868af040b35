/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.nat;

import java.util.HashSet;
import java.util.Set;

import twinwall.firewall.embedded.session.Flow;
import twinwall.firewall.embedded.table.AddressKey;

/** Who has one public endpoint: the inside endpoint of its binding, of its sessions, or of both. */
final class Holding {

    final AddressKey inside;
    /** The table of the binding; {@code null} while only sessions are known. */
    BindingTable table;
    Object binding;
    final Set<Flow> flows = new HashSet<>(4);

    Holding(AddressKey inside) {
        this.inside = inside;
    }

    boolean isEmpty() {
        return binding == null && flows.isEmpty();
    }
}
