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
import twinwall.handler.RecordTableHandler;
import twinwall.spi.BackupTable;
import twinwall.spi.BackupTiming;
import twinwall.spi.TableHandler;

/**
 * Backs up 3-tuple bindings: the public address and port of a private one, by which anybody may reach it. A binding is due with its first
 * packet, not with its session: a client tells others its public endpoint after one packet and its answer (STUN). Those of ICMP, which
 * nobody can be told, are due with quick backup only, as their sessions are.
 */
@BackupTable(type = "nat-3-tuple", schema = 1)
@Component(service = TableHandler.class)
public final class ThreeTupleHandler extends RecordTableHandler<ThreeTupleBinding> {

    private static final int ICMP = 1;

    /** Backs up the firewall's table. */
    @Activate
    public ThreeTupleHandler(@Reference(target = "(firewall.table=nat-3-tuple)") FirewallTable<ThreeTupleBinding> table) {
        super(table, ThreeTupleBinding.class);
    }

    @Override
    protected boolean due(ThreeTupleBinding binding, BackupTiming timing) {
        return binding.protocol() != ICMP || timing == BackupTiming.QUICK;
    }

    @Override
    protected boolean mayBeOnPeer(ThreeTupleBinding last, BackupTiming widest) {
        return due(last, widest);
    }
}
