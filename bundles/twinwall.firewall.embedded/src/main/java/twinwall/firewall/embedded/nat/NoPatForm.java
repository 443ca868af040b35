/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.nat;

import twinwall.firewall.NoPatMapping;
import twinwall.firewall.embedded.table.AddressKey;

/** How the table of No-PAT handles its records. */
final class NoPatForm implements BindingForm<NoPatMapping> {

    private final int timeoutSeconds;

    /** How long a binding that no session uses is kept, each firewall says itself. */
    NoPatForm(int timeoutSeconds) {
        this.timeoutSeconds = timeoutSeconds;
    }

    @Override
    public AddressKey key(NoPatMapping entry) {
        return Endpoints.address(entry.inside().bits());
    }

    @Override
    public AddressKey outside(NoPatMapping entry) {
        return Endpoints.address(entry.outside().bits());
    }

    @Override
    public int remainingSeconds(NoPatMapping entry) {
        return timeoutSeconds;
    }

    @Override
    public NoPatMapping withRemaining(NoPatMapping entry, int seconds) {
        return new NoPatMapping(entry.vsys(), entry.inside(), entry.outside(), entry.pool(), seconds);
    }
}
