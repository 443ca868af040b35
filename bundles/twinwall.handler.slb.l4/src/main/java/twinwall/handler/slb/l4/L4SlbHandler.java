/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.handler.slb.l4;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import twinwall.firewall.FirewallTable;
import twinwall.firewall.SlbBinding;
import twinwall.handler.RecordTableHandler;
import twinwall.spi.BackupTable;
import twinwall.spi.TableHandler;

/**
 * Backs up which real server a client of a virtual server was given, so that its next session goes to the same one. Every binding is due,
 * also of a client whose session is not: a client that connects again after the failover must find what it left on its server. Sessions
 * carry their real server themselves. Of two states the later change wins: it is where the client went last.
 */
@BackupTable(type = "l4-slb", schema = 1)
@Component(service = TableHandler.class)
public final class L4SlbHandler extends RecordTableHandler<SlbBinding> {

    /** Backs up the firewall's table. */
    @Activate
    public L4SlbHandler(@Reference(target = "(firewall.table=l4-slb)") FirewallTable<SlbBinding> table) {
        super(table, SlbBinding.class);
    }
}
