/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.handler.nat.threetuple;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import twinwall.firewall.FirewallTable;
import twinwall.firewall.ThreeTupleBinding;
import twinwall.handler.BindingTableHandler;
import twinwall.spi.BackupTable;
import twinwall.spi.TableHandler;

/** Backs up 3-tuple bindings: the public address and port of a private one, by which anybody may reach it. */
@BackupTable(type = "nat-3-tuple", schema = 1)
@Component(service = TableHandler.class)
public final class ThreeTupleHandler extends BindingTableHandler<ThreeTupleBinding> {

    /** Backs up the firewall's table. */
    @Activate
    public ThreeTupleHandler(@Reference(target = "(firewall.table=nat-3-tuple)") FirewallTable<ThreeTupleBinding> table) {
        super(table, ThreeTupleBinding.class);
    }
}
