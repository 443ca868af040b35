/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.handler.nat.nopat;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import twinwall.firewall.FirewallTable;
import twinwall.firewall.NoPatMapping;
import twinwall.handler.RecordTableHandler;
import twinwall.spi.BackupTable;
import twinwall.spi.TableHandler;

/**
 * Backs up No-PAT mappings: the public address that a private one has for itself. Each is due at once: there are as many as public
 * addresses, and who knows the address expects to reach the host by it.
 */
@BackupTable(type = "nat-no-pat", schema = 1)
@Component(service = TableHandler.class)
public final class NoPatHandler extends RecordTableHandler<NoPatMapping> {

    /** Backs up the firewall's table. */
    @Activate
    public NoPatHandler(@Reference(target = "(firewall.table=nat-no-pat)") FirewallTable<NoPatMapping> table) {
        super(table, NoPatMapping.class);
    }
}
