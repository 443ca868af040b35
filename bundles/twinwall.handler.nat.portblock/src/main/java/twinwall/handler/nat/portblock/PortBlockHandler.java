/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.handler.nat.portblock;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import twinwall.firewall.FirewallTable;
import twinwall.firewall.PortBlocks;
import twinwall.handler.RecordTableHandler;
import twinwall.spi.BackupTable;
import twinwall.spi.TableHandler;

/**
 * Backs up the blocks of ports that each subscriber has, extensions included, so that after a failover it keeps them and nobody else gets
 * them: who had a port at a time is answered by the block alone. Blocks are due from the moment they are allocated, because they outlive
 * the sessions that use them, also those that are never backed up.
 */
@BackupTable(type = "port-block", schema = 1)
@Component(service = TableHandler.class)
public final class PortBlockHandler extends RecordTableHandler<PortBlocks> {

    /** Backs up the firewall's table. */
    @Activate
    public PortBlockHandler(@Reference(target = "(firewall.table=port-block)") FirewallTable<PortBlocks> table) {
        super(table, PortBlocks.class);
    }
}
