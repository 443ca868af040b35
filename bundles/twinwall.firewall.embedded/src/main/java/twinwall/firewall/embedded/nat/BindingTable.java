/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.nat;

/** A table whose entries hold public endpoints, as the {@link Ledger} sees it. Used under the firewall's lock only. */
public interface BindingTable {

    /** Takes out, without telling anyone, the entries behind a binding that the peer contradicts. */
    void evict(Object binding);

    /** No session uses the binding any more. Default: nothing. */
    default void unused(Object binding) {
    }
}
