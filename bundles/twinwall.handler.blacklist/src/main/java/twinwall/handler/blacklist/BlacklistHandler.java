/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.handler.blacklist;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import twinwall.firewall.BlacklistEntry;
import twinwall.firewall.BlacklistEntry.Origin;
import twinwall.firewall.FirewallTable;
import twinwall.handler.RecordTableHandler;
import twinwall.spi.BackupTable;
import twinwall.spi.BackupTiming;
import twinwall.spi.TableHandler;

/** Backs up the blacklist: manual entries with their remaining time. Dynamic entries stay on the firewall that made them. */
@BackupTable(type = "blacklist", schema = 1, urgent = true)
@Component(service = TableHandler.class)
public final class BlacklistHandler extends RecordTableHandler<BlacklistEntry> {

    /** Backs up the firewall's table. */
    @Activate
    public BlacklistHandler(@Reference(target = "(firewall.table=blacklist)") FirewallTable<BlacklistEntry> table) {
        super(table, BlacklistEntry.class);
    }

    @Override
    protected boolean due(BlacklistEntry entry, BackupTiming timing) {
        return entry.origin() == Origin.MANUAL;
    }
}
