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
import twinwall.handler.RecordTableHandler;
import twinwall.spi.BackupTable;
import twinwall.spi.BackupTiming;
import twinwall.spi.TableHandler;

/**
 * Backs up DS-Lite bindings: the public address and port that a private one behind a tunnel has, and is reached by. A binding of TCP or
 * UDP is due with its first packet: the client may tell others its public endpoint. Those of ICMP are due with quick backup only, as their
 * sessions are.
 */
@BackupTable(type = "ds-lite", schema = 1)
@Component(service = TableHandler.class)
public final class DsLiteHandler extends RecordTableHandler<DsLiteBinding> {

    private static final int ICMP = 1;

    /** Backs up the firewall's table. */
    @Activate
    public DsLiteHandler(@Reference(target = "(firewall.table=ds-lite)") FirewallTable<DsLiteBinding> table) {
        super(table, DsLiteBinding.class);
    }

    @Override
    protected boolean due(DsLiteBinding binding, BackupTiming timing) {
        return binding.protocol() != ICMP || timing == BackupTiming.QUICK;
    }

    @Override
    protected boolean mayBeOnPeer(DsLiteBinding last, BackupTiming widest) {
        return due(last, widest);
    }
}
