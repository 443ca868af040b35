/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.dslite;

import twinwall.firewall.DsLiteServer;
import twinwall.firewall.embedded.nat.BindingSource;
import twinwall.firewall.embedded.nat.Endpoints;
import twinwall.firewall.embedded.packet.Packet;
import twinwall.firewall.embedded.session.Flow;

/** Sessions that a server behind a tunnel begins itself, from the port it serves: it appears under the endpoint it is reached by. */
final class DsLiteServerSource extends BindingSource<DsLiteServer> {

    DsLiteServerSource(DsLiteServers servers) {
        super(servers);
    }

    @Override
    public boolean applies(int fromZone, Packet packet, Flow flow) {
        return packet.softwire != null && bindings.find(Endpoints.client(flow)) != null;
    }

    @Override
    protected boolean supports(Packet packet) {
        return true;
    }

    /** Only who has an entry is asked for. */
    @Override
    protected DsLiteServer choose(Packet packet, Flow flow) {
        return null;
    }

    @Override
    protected void translate(Flow flow, DsLiteServer server) {
        flow.translate(server.outside().bits(), server.outsidePort());
    }

    /** Sessions of the peer are left to {@link DsLiteSource}, which knows both tables. */
    @Override
    public boolean owns(Flow flow) {
        return false;
    }
}
