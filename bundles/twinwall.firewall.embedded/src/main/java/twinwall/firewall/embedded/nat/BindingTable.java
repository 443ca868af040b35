/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.nat;

import twinwall.firewall.Ip6;

/** A table whose entries hold public endpoints, as the {@link Ledger} sees it. Used under the firewall's lock only. */
public interface BindingTable {

    /** Takes out the entries behind a binding that the peer contradicts, and tells of those that are this firewall's own. */
    void evict(Object binding);

    /** Whether this firewall itself has put the binding in since it began to forward. */
    boolean isOwn(Object binding);

    /** The far end of the tunnel to the inside endpoint; {@code null} for none, which is the default. */
    default Ip6 softwire(Object binding) {
        return null;
    }

    /** No session uses the binding any more. Default: nothing. */
    default void unused(Object binding) {
    }
}
