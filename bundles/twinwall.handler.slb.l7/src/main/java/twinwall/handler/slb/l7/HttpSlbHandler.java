/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.handler.slb.l7;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import twinwall.firewall.FirewallTable;
import twinwall.firewall.SlbPersistence;
import twinwall.handler.RecordTableHandler;
import twinwall.spi.BackupTable;
import twinwall.spi.TableHandler;

/**
 * Backs up which client of a virtual server for HTTP or TLS has which real server: it keeps it after a failover. Not sensitive: what
 * clients show is in it as a hash only, which lets nobody pass himself off as them.
 */
@BackupTable(type = "l7-slb", schema = 1)
@Component(service = TableHandler.class)
public final class HttpSlbHandler extends RecordTableHandler<SlbPersistence> {

    /** Backs up the firewall's table. */
    @Activate
    public HttpSlbHandler(@Reference(target = "(firewall.table=l7-slb)") FirewallTable<SlbPersistence> table) {
        super(table, SlbPersistence.class);
    }
}
