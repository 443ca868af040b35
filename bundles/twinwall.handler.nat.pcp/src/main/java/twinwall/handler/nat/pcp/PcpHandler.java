/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.handler.nat.pcp;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import twinwall.firewall.FirewallTable;
import twinwall.firewall.PcpMapping;
import twinwall.handler.RecordTableHandler;
import twinwall.spi.BackupTable;
import twinwall.spi.TableHandler;

/**
 * Backs up PCP mappings with the nonce that proves whose they are, filters, and the server's epoch time. Each is due at once: the client
 * was promised its port. So the peer renews a mapping for its owner with the same port, refuses everybody else, and its epoch time goes
 * on, by which clients see that nothing was lost.
 */
@BackupTable(type = "pcp", schema = 1)
@Component(service = TableHandler.class)
public final class PcpHandler extends RecordTableHandler<PcpMapping> {

    /** Backs up the firewall's table. */
    @Activate
    public PcpHandler(@Reference(target = "(firewall.table=pcp)") FirewallTable<PcpMapping> table) {
        super(table, PcpMapping.class);
    }

    /** The one that was renewed later. */
    @Override
    protected int compare(PcpMapping mine, PcpMapping theirs) {
        return Long.compare(mine.expiresSeconds(), theirs.expiresSeconds());
    }
}
