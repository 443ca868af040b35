/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.dslite;

import twinwall.firewall.DsLiteBinding;
import twinwall.firewall.Ip4;
import twinwall.firewall.Ip6;
import twinwall.firewall.embedded.nat.BindingForm;
import twinwall.firewall.embedded.nat.Endpoints;
import twinwall.firewall.embedded.packet.Protocols;
import twinwall.firewall.embedded.session.Softwire;
import twinwall.firewall.embedded.table.AddressKey;

/** How the table of DS-Lite bindings handles its records. */
final class DsLiteForm implements BindingForm<DsLiteBinding> {

    private final int timeoutSeconds;

    /** How long a binding that no session uses is kept, each firewall says itself. */
    DsLiteForm(int timeoutSeconds) {
        this.timeoutSeconds = timeoutSeconds;
    }

    /** The key of an endpoint behind a tunnel. */
    static AddressKey inside(Ip6 softwire, int protocol, Ip4 address, int port) {
        return Endpoints.of(protocol, Softwire.hash(softwire), address.bits() & 0xffffffffL, port);
    }

    @Override
    public AddressKey key(DsLiteBinding entry) {
        return inside(entry.softwire(), entry.protocol(), entry.inside(), entry.insidePort());
    }

    @Override
    public AddressKey outside(DsLiteBinding entry) {
        return Endpoints.of(entry.protocol(), entry.outside().bits(), entry.outsidePort());
    }

    @Override
    public Ip6 softwire(DsLiteBinding entry) {
        return entry.softwire();
    }

    @Override
    public int remainingSeconds(DsLiteBinding entry) {
        return timeoutSeconds;
    }

    @Override
    public DsLiteBinding withRemaining(DsLiteBinding entry, int seconds) {
        return with(entry, entry.early(), seconds);
    }

    /** Those of echo are not due by themselves. */
    @Override
    public DsLiteBinding early(DsLiteBinding entry) {
        return entry.early() || entry.protocol() != Protocols.ICMP ? entry : with(entry, true, entry.remainingSeconds());
    }

    private static DsLiteBinding with(DsLiteBinding entry, boolean early, int seconds) {
        return new DsLiteBinding(entry.vsys(), entry.softwire(), entry.protocol(), entry.inside(), entry.insidePort(), entry.outside(),
                entry.outsidePort(), early, seconds);
    }
}
