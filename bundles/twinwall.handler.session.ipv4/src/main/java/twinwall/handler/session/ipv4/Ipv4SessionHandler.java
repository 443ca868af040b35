/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.handler.session.ipv4;

import java.util.Map;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import twinwall.firewall.FirewallTable;
import twinwall.firewall.Ipv4Session;
import twinwall.handler.SessionTableHandler;
import twinwall.handler.SessionTiming;
import twinwall.spi.BackupTable;
import twinwall.spi.TableHandler;

/** Backs up IPv4 sessions once they are set up, or from their first packet with quick backup. */
@BackupTable(type = "ipv4-session", schema = 1, needs = {"nat-no-pat", "napt", "nat-3-tuple", "nat64", "ds-lite", "ds-lite-server", "pcp",
    "port-block", "car-nat", "static-mapping", "nat-server", "destination-nat", "l4-slb", "aaa-user", "ssl-vpn-user", "ipsec-tunnel"})
@Component(service = TableHandler.class, configurationPid = SessionTiming.PID)
public final class Ipv4SessionHandler extends SessionTableHandler<Ipv4Session> {

    /** Backs up the firewall's table, as the properties of {@link SessionTiming#PID} say. */
    @Activate
    public Ipv4SessionHandler(@Reference(target = "(firewall.table=ipv4-session)") FirewallTable<Ipv4Session> table,
            Map<String, Object> properties) {
        super(table, Ipv4Session.class, SessionTiming.backsUpLocal(properties));
    }

    /** Backs up the firewall's table without sessions of the firewall itself. */
    public Ipv4SessionHandler(FirewallTable<Ipv4Session> table) {
        this(table, Map.of());
    }
}
