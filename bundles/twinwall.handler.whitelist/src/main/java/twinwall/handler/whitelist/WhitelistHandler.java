/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.handler.whitelist;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import twinwall.firewall.FirewallTable;
import twinwall.firewall.WhitelistEntry;
import twinwall.handler.RecordTableHandler;
import twinwall.spi.BackupTable;
import twinwall.spi.TableHandler;

/**
 * Backs up the whitelist: every entry, because people make them, at once, because who is on it must not be blocked, with its remaining
 * time.
 */
@BackupTable(type = "whitelist", schema = 1, urgent = true)
@Component(service = TableHandler.class)
public final class WhitelistHandler extends RecordTableHandler<WhitelistEntry> {

    /** Backs up the firewall's table. */
    @Activate
    public WhitelistHandler(@Reference(target = "(firewall.table=whitelist)") FirewallTable<WhitelistEntry> table) {
        super(table, WhitelistEntry.class);
    }
}
