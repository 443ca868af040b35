/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.handler.session.ipv6;

import java.util.Map;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import twinwall.firewall.FirewallTable;
import twinwall.firewall.Ipv6Session;
import twinwall.handler.SessionTableHandler;
import twinwall.handler.SessionTiming;
import twinwall.spi.BackupTable;
import twinwall.spi.TableHandler;

/** Backs up IPv6 sessions once they are set up, or from their first packet with quick backup. */
@BackupTable(type = "ipv6-session", schema = 1, needs = {"nat64", "aaa-user", "ipsec-tunnel"})
@Component(service = TableHandler.class, configurationPid = SessionTiming.PID)
public final class Ipv6SessionHandler extends SessionTableHandler<Ipv6Session> {

    /** Backs up the firewall's table, as the properties of {@link SessionTiming#PID} say. */
    @Activate
    public Ipv6SessionHandler(@Reference(target = "(firewall.table=ipv6-session)") FirewallTable<Ipv6Session> table,
            Map<String, Object> properties) {
        super(table, Ipv6Session.class, SessionTiming.backsUpLocal(properties));
    }

    /** Backs up the firewall's table without sessions of the firewall itself. */
    public Ipv6SessionHandler(FirewallTable<Ipv6Session> table) {
        this(table, Map.of());
    }
}
