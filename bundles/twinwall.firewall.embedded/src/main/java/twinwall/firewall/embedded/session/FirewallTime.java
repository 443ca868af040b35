/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.session;

import twinwall.firewall.SessionOwner;
import twinwall.group.Share;

/**
 * The firewall's time and what depends on its role. Time is told from outside and never goes back. While the firewall does not forward,
 * sessions do not age: the active one says which are gone. When it begins to, every session's age counts from then, without touching any
 * of them.
 */
public final class FirewallTime {

    static final long TICK_MICROS = 100_000;

    private long now;
    private long activated;
    private long ticked;
    private int epoch;
    private int stretch;
    private boolean started;
    private boolean forwarding;
    private boolean sharing;
    private boolean resuming;
    private final OwnShare share = new OwnShare();
    private SessionOwner self = SessionOwner.UNKNOWN;

    /**
     * Lets time go on.
     *
     * @return how many ticks sessions have aged by
     */
    public long advance(long micros) {
        if (micros > now || !started) {
            now = Math.max(now, micros);
            started = true;
        }
        if (!forwarding) {
            return 0;
        }
        if (resuming) {
            resuming = false;
            activated = now;
            ticked = now;
            return 0;
        }
        long ticks = (now - ticked) / TICK_MICROS;
        ticked += ticks * TICK_MICROS;
        return ticks;
    }

    /** The firewall forwards from now on, or no more, and may hand out that share; when that is not everything, the peer forwards too. */
    public void role(boolean forwards, Share part) {
        boolean shared = part != Share.ALL;
        share.set(part);
        if (part == Share.FIRST_HALF || part == Share.SECOND_HALF) {
            self(part == Share.FIRST_HALF ? SessionOwner.FIRST : SessionOwner.SECOND);
        }
        if (forwards && !forwarding) {
            stretch++;
        }
        if (forwards && (!forwarding || sharing != shared)) {
            epoch++;
            resuming = true;
        }
        forwarding = forwards;
        sharing = forwards && shared;
    }

    /** Micros since 1970. */
    public long now() {
        return now;
    }

    /** Whether any time was told yet. */
    public boolean started() {
        return started;
    }

    /** When the firewall began to forward in its present role; until the first packet or tick in it, now. */
    public long activated() {
        return resuming ? now : activated;
    }

    /** Counts how often it has begun to forward: what was learnt of a connection in an earlier one may be out of date. */
    public int epoch() {
        return epoch;
    }

    /** Counts how often it has begun to forward after it did not: another firewall may have forwarded in between. */
    public int stretch() {
        return stretch;
    }

    /** Whether the firewall forwards. */
    public boolean forwarding() {
        return forwarding;
    }

    /** What may be handed out. */
    public OwnShare share() {
        return share;
    }

    /** Which of the two firewalls this one is: the owner of what it begins or takes over. */
    public SessionOwner self() {
        return self;
    }

    /** Says which of the two firewalls this one is; a half of what may be handed out says it too. */
    public void self(SessionOwner which) {
        self = which;
        share.own(which);
    }

    /** Whether the peer forwards as well. */
    public boolean sharing() {
        return sharing;
    }
}
