/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.handler;

import org.osgi.annotation.versioning.ConsumerType;
import twinwall.firewall.FirewallTable;
import twinwall.firewall.NatBinding;
import twinwall.spi.BackupTiming;

/**
 * Backs up bindings: the public address and port that an inside endpoint has whoever it talks to. One of TCP or UDP is due with its first
 * packet, not with its session: a client tells others its public endpoint after one packet and its answer (STUN). Those of ICMP and ICMPv6,
 * which nobody can be told, are due with quick backup only, as their sessions are; or {@linkplain NatBinding#early early}.
 *
 * @param <E> the entry
 */
@ConsumerType
public abstract class BindingTableHandler<E extends Record & NatBinding> extends RecordTableHandler<E> {

    /** Backs up a table. */
    protected BindingTableHandler(FirewallTable<E> table, Class<E> entry) {
        super(table, entry);
    }

    @Override
    protected boolean due(E binding, BackupTiming timing) {
        return binding.early() || timing == BackupTiming.QUICK || !SessionTiming.isIcmp(binding.protocol());
    }

    @Override
    protected boolean mayBeOnPeer(E last, BackupTiming widest) {
        return due(last, widest);
    }
}
