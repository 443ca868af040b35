/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.handler.nat.server;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import twinwall.firewall.FirewallTable;
import twinwall.firewall.NatServer;
import twinwall.handler.RecordTableHandler;
import twinwall.spi.BackupTable;
import twinwall.spi.TableHandler;

/**
 * Backs up NAT servers, so that after a failover servers inside are reached by the same public addresses. Every server is due: people add
 * and remove them on the active firewall.
 */
@BackupTable(type = "nat-server", schema = 1)
@Component(service = TableHandler.class)
public final class NatServerHandler extends RecordTableHandler<NatServer> {

    /** Backs up the firewall's table. */
    @Activate
    public NatServerHandler(@Reference(target = "(firewall.table=nat-server)") FirewallTable<NatServer> table) {
        super(table, NatServer.class);
    }
}
