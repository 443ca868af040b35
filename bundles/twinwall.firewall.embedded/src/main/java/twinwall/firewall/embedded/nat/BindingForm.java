/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.nat;

import twinwall.firewall.Ip6;
import twinwall.firewall.embedded.table.AddressKey;
import twinwall.firewall.embedded.table.EntryForm;

/**
 * How a table of bindings handles its records. The key is the inside endpoint, as {@link Endpoints} makes it.
 *
 * @param <E> the binding
 */
public interface BindingForm<E extends Record> extends EntryForm<AddressKey, E> {

    /** The public endpoint, as {@link Endpoints} makes it. */
    AddressKey outside(E entry);

    /** The binding, marked as early when it may not be due for backup. Default: every binding is due. */
    default E early(E entry) {
        return entry;
    }

    /** The far end of the tunnel to the inside endpoint; {@code null} for none, which is the default. */
    default Ip6 softwire(E entry) {
        return null;
    }
}
