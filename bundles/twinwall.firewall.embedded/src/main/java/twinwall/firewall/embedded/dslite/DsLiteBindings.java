/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.dslite;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.Lock;

import twinwall.firewall.DsLiteBinding;
import twinwall.firewall.Ip6;
import twinwall.firewall.embedded.nat.Bindings;
import twinwall.firewall.embedded.nat.Ledger;
import twinwall.firewall.embedded.session.FirewallTime;
import twinwall.firewall.embedded.table.AddressKey;
import twinwall.firewall.embedded.table.Slot;

/** Bindings of clients behind tunnels, table {@value #TYPE}. Counts them by tunnel: one must not use up what all share (RFC 6333, 11). */
final class DsLiteBindings extends Bindings<DsLiteBinding> {

    static final String TYPE = "ds-lite";

    private final int mostOfSubscriber;
    private final Map<AddressKey, Integer> counts = new HashMap<>();

    DsLiteBindings(Lock lock, FirewallTime time, DsLiteSettings settings, Ledger ledger, Configured configured) {
        super(TYPE, lock, time, settings.most(), Ageing.IDLE, new DsLiteForm(settings.timeoutSeconds()), ledger,
                entry -> configured.check(entry.vsys(), entry.outside()));
        this.mostOfSubscriber = settings.mostOfSubscriber();
    }

    /** Whether the subscriber may have another binding. */
    boolean hasRoomFor(Ip6 softwire) {
        return counts.getOrDefault(key(softwire), 0) < mostOfSubscriber;
    }

    @Override
    protected void entered(Slot<DsLiteBinding> slot) {
        super.entered(slot);
        counts.merge(key(slot.entry().softwire()), 1, Integer::sum);
    }

    @Override
    protected void leaving(Slot<DsLiteBinding> slot) {
        super.leaving(slot);
        counts.computeIfPresent(key(slot.entry().softwire()), (key, count) -> count == 1 ? null : count - 1);
    }

    private static AddressKey key(Ip6 softwire) {
        return new AddressKey(softwire.high(), softwire.low(), 0);
    }
}
