/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded;

import java.util.BitSet;

/**
 * What becomes of a packet. There is one object per outcome, so that a verdict costs no memory. A forwarded packet was rewritten in place,
 * in the array it came in; its length does not change.
 */
public final class Verdict {

    /** Interfaces that a firewall may have. */
    public static final int MOST_INTERFACES = 64;

    /**
     * The packet waits inside the firewall, which has a copy of it: what becomes of it is told later. Until then it counts as dropped, for
     * the reason {@link DropReason#NOT_CONFIRMED}.
     */
    public static final Verdict HELD = new Verdict(DropReason.NOT_CONFIRMED, -1, 0);

    /** What {@link #egress} is for a packet that leaves by several interfaces. */
    public static final int FLOODED = 254;

    /**
     * The firewall has taken the packet for its peer, which is to forward it: the peer has its session, or all the work. Here it counts
     * neither as forwarded nor as dropped. It leaves by an outlet, see {@link twinwall.firewall.embedded.redirect.PeerTraffic}.
     */
    public static final Verdict REDIRECTED = new Verdict(DropReason.REDIRECTED, -1, 0);

    private static final Verdict[] FORWARDED = forwardedToEach();
    private static final Verdict[] DROPPED = dropped();

    private final DropReason reason;
    private final int egress;
    private final long interfaces;

    private Verdict(DropReason reason, int egress, long interfaces) {
        this.reason = reason;
        this.egress = egress;
        this.interfaces = interfaces;
    }

    /** Forwarded to that interface. */
    public static Verdict forwarded(int egress) {
        return FORWARDED[egress];
    }

    /** Forwarded to each of these interfaces. Makes an object: keep it. {@code interfaces} has a bit for each, bit 0 for interface 0. */
    public static Verdict flooded(long interfaces) {
        return new Verdict(null, FLOODED, interfaces);
    }

    /** Dropped for that reason. */
    public static Verdict dropped(DropReason reason) {
        return DROPPED[reason.ordinal()];
    }

    /** Whether the packet goes on. */
    public boolean forwarded() {
        return reason == null;
    }

    /** Whether it waits, see {@link #HELD}. */
    public boolean held() {
        return this == HELD;
    }

    /** Whether the peer gets it, see {@link #REDIRECTED}. */
    public boolean redirected() {
        return reason == DropReason.REDIRECTED;
    }

    /** The interface a forwarded packet leaves by; -1 for a dropped one, {@link #FLOODED} for one that leaves by several. */
    public int egress() {
        return egress;
    }

    /** The interfaces a forwarded packet leaves by, a bit for each, bit 0 for interface 0; none for a dropped one. */
    public long interfaces() {
        return interfaces;
    }

    /** Whether it leaves by several interfaces, the same by each. */
    public boolean flooded() {
        return egress == FLOODED;
    }

    /** Why the packet was dropped; {@code null} for a forwarded one. */
    public DropReason reason() {
        return reason;
    }

    @Override
    public String toString() {
        if (flooded()) {
            return "flooded to interfaces " + BitSet.valueOf(new long[] {interfaces});
        }
        if (held()) {
            return "held";
        }
        if (redirected()) {
            return "redirected";
        }
        return forwarded() ? "forwarded to interface " + egress : "dropped: " + reason.label();
    }

    private static Verdict[] forwardedToEach() {
        Verdict[] all = new Verdict[MOST_INTERFACES];
        for (int i = 0; i < MOST_INTERFACES; i++) {
            all[i] = new Verdict(null, i, 1L << i);
        }
        return all;
    }

    private static Verdict[] dropped() {
        DropReason[] reasons = DropReason.values();
        Verdict[] all = new Verdict[reasons.length];
        for (DropReason reason : reasons) {
            all[reason.ordinal()] = reason == DropReason.REDIRECTED ? REDIRECTED : new Verdict(reason, -1, 0);
        }
        return all;
    }
}
