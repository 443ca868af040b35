/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded;

/**
 * What becomes of a packet. There is one object per outcome, so that a verdict costs no memory. A forwarded packet was rewritten in place,
 * in the array it came in; its length does not change.
 */
public final class Verdict {

    private static final Verdict[] FORWARDED = {new Verdict(null, 0), new Verdict(null, 1)};
    private static final Verdict[] DROPPED = dropped();

    private final DropReason reason;
    private final int egress;

    private Verdict(DropReason reason, int egress) {
        this.reason = reason;
        this.egress = egress;
    }

    /** Forwarded to that interface. */
    public static Verdict forwarded(int egress) {
        return FORWARDED[egress];
    }

    /** Dropped for that reason. */
    public static Verdict dropped(DropReason reason) {
        return DROPPED[reason.ordinal()];
    }

    /** Whether the packet goes on. */
    public boolean forwarded() {
        return reason == null;
    }

    /** The interface a forwarded packet leaves by; -1 for a dropped one. */
    public int egress() {
        return egress;
    }

    /** Why the packet was dropped; {@code null} for a forwarded one. */
    public DropReason reason() {
        return reason;
    }

    @Override
    public String toString() {
        return forwarded() ? "forwarded to interface " + egress : "dropped: " + reason.label();
    }

    private static Verdict[] dropped() {
        DropReason[] reasons = DropReason.values();
        Verdict[] all = new Verdict[reasons.length];
        for (DropReason reason : reasons) {
            all[reason.ordinal()] = new Verdict(reason, -1);
        }
        return all;
    }
}
