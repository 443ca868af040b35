/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.handler.nat.dsliteserver;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import twinwall.firewall.DsLiteServer;
import twinwall.firewall.FirewallTable;
import twinwall.handler.RecordTableHandler;
import twinwall.spi.BackupTable;
import twinwall.spi.TableHandler;

/** Backs up servers behind DS-Lite tunnels: by which public address and port they are reached. Every one is due at once. */
@BackupTable(type = "ds-lite-server", schema = 1)
@Component(service = TableHandler.class)
public final class DsLiteServerHandler extends RecordTableHandler<DsLiteServer> {

    /** Backs up the firewall's table. */
    @Activate
    public DsLiteServerHandler(@Reference(target = "(firewall.table=ds-lite-server)") FirewallTable<DsLiteServer> table) {
        super(table, DsLiteServer.class);
    }
}
