/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.session;

import twinwall.firewall.SessionOwner;
import twinwall.firewall.embedded.nat.PortRange;
import twinwall.group.Share;

/**
 * What this firewall may hand out of what cannot be used twice: the one place that is asked before a public port, address, block or place
 * is given away. Two firewalls that share the work have a half each, so that neither gives away what the other one may just be giving
 * away too. What was handed out is used by both, whoever did it.
 * <p>
 * Of a range of ports the first half, the larger one when they are odd, is the first firewall's: so ports in a row and their parity (RFC
 * 4787, REQ-3 and REQ-4) are kept within a half. What has a number, an address for example, is the first firewall's when that is even.
 * The halves depend on the settings, which must be the same on both.
 * <p>
 * Of what has no meaning of its own, blocks and places, a firewall that may hand out everything takes its own half first: so two that are
 * both active because they do not hear each other give nothing away twice as long as there is enough. Used under the firewall's lock only.
 */
public final class OwnShare {

    /** No port. */
    public static final PortRange NO_PORTS = new PortRange(0, -1);
    private static final int FIRST = 1;
    private static final int SECOND = 1 << 1;

    private int halves = FIRST | SECOND;
    private int own;

    OwnShare() {
        // All of it, until a group says otherwise.
    }

    void set(Share share) {
        halves = switch (share) {
            case NONE -> 0;
            case FIRST_HALF -> FIRST;
            case SECOND_HALF -> SECOND;
            case ALL -> FIRST | SECOND;
        };
    }

    /** Which half is this firewall's when each has one. */
    void own(SessionOwner self) {
        own = self == SessionOwner.SECOND ? 1 : 0;
    }

    /** Whether it is everything. */
    public boolean isWhole() {
        return halves == (FIRST | SECOND);
    }

    /** The half to hand out of, 0 or 1: the own one as long as it has something left. There must be something in what may be handed out. */
    public int choose(boolean leftInFirst, boolean leftInSecond) {
        boolean ownLeft = hasHalf(own) && (own == 0 ? leftInFirst : leftInSecond);
        return ownLeft ? own : 1 - own;
    }

    /** The half that a number belongs to, 0 or 1. */
    public static int half(int number) {
        return number & 1;
    }

    /** Whether that half, 0 or 1, may be handed out. */
    public boolean hasHalf(int half) {
        return (halves >> half & 1) != 0;
    }

    /** Whether what has that number may be handed out. */
    public boolean has(int number) {
        return hasHalf(half(number));
    }

    /** Those ports of the range that may be handed out; {@link #NO_PORTS} when none may. */
    public PortRange of(PortRange range) {
        return halves == (FIRST | SECOND) ? range : part(range);
    }

    private PortRange part(PortRange range) {
        int middle = range.first() + (range.size() + 1) / 2;
        PortRange part = switch (halves) {
            case FIRST -> new PortRange(range.first(), middle - 1);
            case SECOND -> new PortRange(middle, range.last());
            default -> NO_PORTS;
        };
        return part.size() > 0 ? part : NO_PORTS;
    }
}
