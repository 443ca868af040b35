/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.handler.nat.dslite;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import twinwall.firewall.DsLiteBinding;
import twinwall.firewall.FirewallTable;
import twinwall.handler.BindingTableHandler;
import twinwall.spi.BackupTable;
import twinwall.spi.TableHandler;

/** Backs up DS-Lite bindings: the public address and port that a private one behind a tunnel has, and is reached by. */
@BackupTable(type = "ds-lite", schema = 1)
@Component(service = TableHandler.class)
public final class DsLiteHandler extends BindingTableHandler<DsLiteBinding> {

    /** Backs up the firewall's table. */
    @Activate
    public DsLiteHandler(@Reference(target = "(firewall.table=ds-lite)") FirewallTable<DsLiteBinding> table) {
        super(table, DsLiteBinding.class);
    }
}
