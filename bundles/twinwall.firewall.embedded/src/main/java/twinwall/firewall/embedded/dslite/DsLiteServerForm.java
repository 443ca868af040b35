/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.dslite;

import twinwall.firewall.DsLiteServer;
import twinwall.firewall.Ip6;
import twinwall.firewall.embedded.nat.BindingForm;
import twinwall.firewall.embedded.nat.Endpoints;
import twinwall.firewall.embedded.table.AddressKey;
import twinwall.firewall.embedded.table.EntryForm;

/** How the table of servers behind tunnels handles its records. */
final class DsLiteServerForm implements BindingForm<DsLiteServer>, EntryForm.Lasting<AddressKey, DsLiteServer> {

    @Override
    public AddressKey key(DsLiteServer entry) {
        return DsLiteForm.inside(entry.softwire(), entry.protocol(), entry.inside(), entry.insidePort());
    }

    @Override
    public AddressKey outside(DsLiteServer entry) {
        return Endpoints.of(entry.protocol(), entry.outside().bits(), entry.outsidePort());
    }

    @Override
    public Ip6 softwire(DsLiteServer entry) {
        return entry.softwire();
    }
}
