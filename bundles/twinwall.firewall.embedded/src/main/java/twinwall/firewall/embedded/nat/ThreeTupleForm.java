/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.nat;

import twinwall.firewall.ThreeTupleBinding;
import twinwall.firewall.embedded.packet.Protocols;
import twinwall.firewall.embedded.table.AddressKey;

/** How the table of 3-tuple bindings handles its records. */
final class ThreeTupleForm implements BindingForm<ThreeTupleBinding> {

    private final int timeoutSeconds;

    /** How long a binding that no session uses is kept, each firewall says itself. */
    ThreeTupleForm(int timeoutSeconds) {
        this.timeoutSeconds = timeoutSeconds;
    }

    @Override
    public AddressKey key(ThreeTupleBinding entry) {
        return Endpoints.of(entry.protocol(), entry.inside().bits(), entry.insidePort());
    }

    @Override
    public AddressKey outside(ThreeTupleBinding entry) {
        return Endpoints.of(entry.protocol(), entry.outside().bits(), entry.outsidePort());
    }

    @Override
    public int remainingSeconds(ThreeTupleBinding entry) {
        return timeoutSeconds;
    }

    @Override
    public ThreeTupleBinding withRemaining(ThreeTupleBinding entry, int seconds) {
        return with(entry, entry.early(), seconds);
    }

    /** Those of echo are not due by themselves. */
    @Override
    public ThreeTupleBinding early(ThreeTupleBinding entry) {
        return entry.early() || entry.protocol() != Protocols.ICMP ? entry : with(entry, true, entry.remainingSeconds());
    }

    private static ThreeTupleBinding with(ThreeTupleBinding entry, boolean early, int seconds) {
        return new ThreeTupleBinding(entry.vsys(), entry.protocol(), entry.inside(), entry.insidePort(), entry.outside(),
                entry.outsidePort(), entry.pool(), early, seconds);
    }
}
