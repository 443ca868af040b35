/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.handler.nat.destination;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import twinwall.firewall.DestinationBinding;
import twinwall.firewall.FirewallTable;
import twinwall.handler.RecordTableHandler;
import twinwall.spi.BackupTable;
import twinwall.spi.TableHandler;

/**
 * Backs up which address inside each client is bound to, so that after a failover its next session goes to the same one. A binding is due
 * from its first session on: it outlives the sessions that use it, also those that are never backed up.
 */
@BackupTable(type = "destination-nat", schema = 1)
@Component(service = TableHandler.class)
public final class DestinationNatHandler extends RecordTableHandler<DestinationBinding> {

    /** Backs up the firewall's table. */
    @Activate
    public DestinationNatHandler(@Reference(target = "(firewall.table=destination-nat)") FirewallTable<DestinationBinding> table) {
        super(table, DestinationBinding.class);
    }
}
