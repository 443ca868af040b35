/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.handler.ipsec;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import twinwall.firewall.FirewallTable;
import twinwall.firewall.IpsecTunnel;
import twinwall.handler.RecordTableHandler;
import twinwall.spi.BackupTable;
import twinwall.spi.TableHandler;

/**
 * Backs up IPsec security associations with their keys, lifetimes and the sequence numbers that were promised, so that tunnels go on
 * without a new key exchange. Every one is due at once. Changes are urgent, because how far the peer is behind is how many packets a
 * takeover costs or repeats; the firewall bounds how many there are.
 */
@BackupTable(type = "ipsec-tunnel", schema = 1, sensitive = true, urgent = true)
@Component(service = TableHandler.class)
public final class IpsecHandler extends RecordTableHandler<IpsecTunnel> {

    /** Backs up the firewall's table. */
    @Activate
    public IpsecHandler(@Reference(target = "(firewall.table=ipsec-tunnel)") FirewallTable<IpsecTunnel> table) {
        super(table, IpsecTunnel.class);
    }

    /** Of two with one SPI the one installed later; of one and the same the one that promises the higher sequence number. */
    @Override
    protected int compare(IpsecTunnel mine, IpsecTunnel theirs) {
        int later = Long.compare(mine.createdSeconds(), theirs.createdSeconds());
        return later != 0 ? later : Long.compare(mine.number(), theirs.number());
    }
}
