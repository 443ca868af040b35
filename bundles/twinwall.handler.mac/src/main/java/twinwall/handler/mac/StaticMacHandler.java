/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.handler.mac;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import twinwall.firewall.FirewallTable;
import twinwall.firewall.MacEntry;
import twinwall.firewall.MacEntry.Type;
import twinwall.handler.RecordTableHandler;
import twinwall.spi.BackupTable;
import twinwall.spi.BackupTiming;
import twinwall.spi.TableHandler;

/**
 * Backs up static MAC addresses. Learned ones stay on the firewall that learned them: the peer's ports see other frames, and it learns
 * again within moments what it floods until then.
 */
@BackupTable(type = "static-mac", schema = 1)
@Component(service = TableHandler.class)
public final class StaticMacHandler extends RecordTableHandler<MacEntry> {

    /** Backs up the firewall's table. */
    @Activate
    public StaticMacHandler(@Reference(target = "(firewall.table=static-mac)") FirewallTable<MacEntry> table) {
        super(table, MacEntry.class);
    }

    @Override
    protected boolean due(MacEntry entry, BackupTiming timing) {
        return entry.type() == Type.STATIC;
    }

    /** A static entry never becomes a learned one: it is removed first. */
    @Override
    protected boolean mayBeOnPeer(MacEntry last, BackupTiming widest) {
        return due(last, widest);
    }
}
