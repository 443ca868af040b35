/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded;

import java.util.concurrent.locks.Lock;
import java.util.function.LongSupplier;

import twinwall.firewall.embedded.redirect.PeerTraffic;

/** How packets are inspected that the peer gives this firewall to forward. */
final class PacketsOfPeer implements PeerTraffic.Inspector {

    private final EmbeddedFirewall firewall;
    private final Inspection inspection;
    private final Lock lock;
    private final long[] dropped;
    private final LongSupplier clock;

    /**
     * Of that firewall.
     *
     * @param lock guards {@code inspection} and {@code dropped}
     * @param dropped packets by the ordinal of their reason
     * @param clock when they come, unless packets move the time: then they come at the latest time known
     */
    PacketsOfPeer(EmbeddedFirewall firewall, Inspection inspection, Lock lock, long[] dropped, LongSupplier clock) {
        this.firewall = firewall;
        this.inspection = inspection;
        this.lock = lock;
        this.dropped = dropped;
        this.clock = clock;
    }

    @Override
    public Verdict inspect(int in, Frame frame, boolean redirected, LateFrames late) {
        lock.lock();
        try {
            if (redirected && !firewall.forwarding()) {
                // What is handed over goes on to whoever forwards; this packet was with the other firewall already.
                dropped[DropReason.STANDBY.ordinal()]++;
                return Verdict.dropped(DropReason.STANDBY);
            }
            inspection.ofPeer(redirected);
            return firewall.process(firewall.clock() == Clock.SYSTEM ? clock.getAsLong() : 0, in, frame, late, 0);
        } finally {
            inspection.ofPeer(false);
            lock.unlock();
        }
    }

    @Override
    public boolean forwarding() {
        return firewall.forwarding();
    }

    @Override
    public int interfaces() {
        return firewall.interfaces();
    }

    @Override
    public void dropped(DropReason reason, int count) {
        lock.lock();
        dropped[reason.ordinal()] += count;
        lock.unlock();
    }
}
