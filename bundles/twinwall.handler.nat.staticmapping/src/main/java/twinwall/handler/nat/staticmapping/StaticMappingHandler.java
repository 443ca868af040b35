/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.handler.nat.staticmapping;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import twinwall.firewall.FirewallTable;
import twinwall.firewall.StaticMapping;
import twinwall.handler.RecordTableHandler;
import twinwall.spi.BackupTable;
import twinwall.spi.TableHandler;

/**
 * Backs up static mappings, so that after a failover each private address has the public address and ports that it had. An entry stands for
 * a whole range, and each is due: people add and remove them on the active firewall.
 */
@BackupTable(type = "static-mapping", schema = 1)
@Component(service = TableHandler.class)
public final class StaticMappingHandler extends RecordTableHandler<StaticMapping> {

    /** Backs up the firewall's table. */
    @Activate
    public StaticMappingHandler(@Reference(target = "(firewall.table=static-mapping)") FirewallTable<StaticMapping> table) {
        super(table, StaticMapping.class);
    }
}
