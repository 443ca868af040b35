/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.protocol;

import java.util.List;

import twinwall.group.Role;

/**
 * What the priorities ask for. The firewall that has more than it is to have hands it over by itself: at once when its monitored items
 * fail, after a delay when the peer has recovered; never before the peer is proved ready. Guarded by its {@link Member}.
 */
final class Preemption {

    private static final long FIRST_PAUSE_MILLIS = 5000;
    private static final long LONGEST_PAUSE_MILLIS = 300_000;
    private static final long LONG_AGO = Long.MIN_VALUE / 2;

    private final MemberSettings settings;
    private final Roles roles;
    /** The roles were changed on command, which nothing but a new fault may undo. */
    private boolean suspended;
    private boolean tookOver;
    private long entitledSince = -1;
    private int itemsHere;
    private int itemsThere = -1;
    private long changedHere = LONG_AGO;
    private long changedThere = LONG_AGO;
    private long pause = FIRST_PAUSE_MILLIS;
    private long nextTry = LONG_AGO;
    private String lastFailure = "";

    /** What is to happen between the two. */
    enum Kind {
        /** Nothing: each has what it is to have. */
        NOTHING,
        /** Items failed where the work is, and the peer is not heard. */
        UNHEARD,
        /** Items failed where the work is, but its priority is not below the other's. */
        NOT_BELOW,
        /** Items failed where the work is: it goes to the other one. */
        ITEMS,
        /** Load balancing: the one without its half has failed items. */
        UNFIT,
        /** Something would happen, had the roles not been changed on command. */
        SUSPENDED,
        /** Something would happen, were preemption not switched off. */
        OFF,
        /** The one with the higher priority takes its work back. */
        PREEMPTION,
        /** Load balancing: the one without its half gets it. */
        SHARE
    }

    /**
     * What is to happen.
     *
     * @param gives whether the local firewall is the one that has more than it is to have
     * @param remainingMillis until it happens if nothing changes meanwhile; -1 when only the peer knows
     */
    record Plan(Kind kind, boolean gives, long remainingMillis) {
    }

    Preemption(MemberSettings settings, Roles roles) {
        this.settings = settings;
        this.roles = roles;
    }

    /** Notes what has changed since the last look. */
    void look(long now) {
        PeerHello peer = roles.peer();
        if (roles.failedItems() != itemsHere) {
            itemsHere = roles.failedItems();
            changedHere = now;
            resume();
        }
        if (peer == null) {
            itemsThere = -1;
        } else if (peer.failedItems() != itemsThere) {
            if (itemsThere >= 0) {
                changedThere = now;
                resume();
            }
            itemsThere = peer.failedItems();
        }
        if (peer == null || !oneHasAll() || !entitled()) {
            entitledSince = -1;
        } else if (entitledSince < 0) {
            entitledSince = now;
        }
    }

    /** Whether one has everything and the other stands by. */
    private boolean oneHasAll() {
        Role there = roles.peer().role();
        return roles.role() == Role.ACTIVE && there == Role.STANDBY || roles.role() == Role.STANDBY && there == Role.ACTIVE;
    }

    /** Whether the one that stands by is to have what the other has. */
    private boolean entitled() {
        if (settings.roles().loadBalancing()) {
            return !unfit(true) && !unfit(false);
        }
        int more = roles.peer().priority() - roles.priority();
        return roles.role() == Role.ACTIVE ? more > 0 : more < 0;
    }

    /** Whether the local firewall, or the peer, has failed items and for them a lower priority than the other. */
    private boolean unfit(boolean here) {
        int more = roles.priority() - roles.peer().priority();
        return here ? roles.failedItems() > 0 && more < 0 : roles.peer().failedItems() > 0 && more > 0;
    }

    Plan plan(long now) {
        PeerHello peer = roles.peer();
        boolean forwards = roles.role().forwards();
        if (peer == null) {
            return new Plan(forwards && roles.failedItems() > 0 ? Kind.UNHEARD : Kind.NOTHING, true, 0);
        }
        if (oneHasAll()) {
            return oneHasAll(forwards, peer, now);
        }
        if (roles.role() == Role.LOAD_BALANCING && peer.role() == Role.LOAD_BALANCING) {
            boolean here = unfit(true) || !unfit(false) && roles.failedItems() > 0;
            return unfit(true) || unfit(false) ? items(here, now)
                    : new Plan(roles.failedItems() + peer.failedItems() > 0 ? Kind.NOT_BELOW : Kind.NOTHING, here, 0);
        }
        return new Plan(Kind.NOTHING, forwards, 0);
    }

    private Plan oneHasAll(boolean gives, PeerHello peer, long now) {
        int itemsOfGiver = gives ? roles.failedItems() : peer.failedItems();
        if (unfit(gives)) {
            return items(gives, now);
        }
        boolean balancing = settings.roles().loadBalancing();
        if (!entitled()) {
            return new Plan(balancing ? Kind.UNFIT : itemsOfGiver > 0 ? Kind.NOT_BELOW : Kind.NOTHING, gives, 0);
        }
        if (suspended) {
            return new Plan(Kind.SUSPENDED, gives, 0);
        }
        boolean begins = balancing && gives && !tookOver;
        if (!settings.roles().preemption() && !begins) {
            return new Plan(Kind.OFF, gives, 0);
        }
        long remaining = begins ? 0 : balancing && !gives ? -1 : left(entitledSince < 0 ? now : entitledSince, now);
        return new Plan(balancing ? Kind.SHARE : Kind.PREEMPTION, gives, remaining);
    }

    /** At once, but not to one whose own items come and go: work would go to and fro with them. */
    private Plan items(boolean gives, long now) {
        return suspended ? new Plan(Kind.SUSPENDED, gives, 0)
                : new Plan(Kind.ITEMS, gives, left(gives ? changedThere : changedHere, now));
    }

    private long left(long since, long now) {
        return Math.max(0, settings.roles().preemptionDelayMillis() - Math.max(0, now - since));
    }

    /** What the local firewall is to hand over now, or null. */
    Move due(boolean peerProvedReady, List<String> failedItems, long now) {
        if (!roles.role().forwards() || !peerProvedReady || now < nextTry) {
            return null;
        }
        Plan plan = plan(now);
        if (!plan.gives() || plan.remainingMillis() != 0) {
            return null;
        }
        String peer = settings.peer();
        String priorities = "priority " + roles.priority() + " here, " + (roles.peer() == null ? -1 : roles.peer().priority()) + " there";
        return switch (plan.kind()) {
            case ITEMS -> new Move(false, Cause.ITEMS, "monitored items failed (" + Outlook.shown(failedItems) + "); " + priorities);
            case PREEMPTION -> new Move(false, Cause.PREEMPTION, peer + " preempts: " + priorities);
            case SHARE -> new Move(true, tookOver ? Cause.PREEMPTION : Cause.START, peer + " gets its half");
            default -> null;
        };
    }

    /** A handover has ended. One that failed is not tried again at once. */
    void ended(Move move, boolean done, String message, long now) {
        if (done) {
            suspended = move.cause() == Cause.COMMAND;
            retryAtOnce();
        } else if (!move.commanded()) {
            lastFailure = message;
            nextTry = now + pause;
            pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
        }
    }

    /** The local role has changed. */
    void changed(Decision decision) {
        entitledSince = -1;
        if (decision.why() == Decision.Why.GIVES || decision.why() == Decision.Why.BACK) {
            return;
        }
        if (decision.to() == Role.ACTIVE) {
            tookOver = decision.from() != Role.INITIALIZING;
        }
        suspended = decision.cause() == Cause.COMMAND;
        retryAtOnce();
    }

    /** The peer's process is another one: what was asked of the one before does not hold. */
    void peerReplaced() {
        itemsThere = -1;
        changedThere = LONG_AGO;
        entitledSince = -1;
        resume();
    }

    private void resume() {
        suspended = false;
        retryAtOnce();
    }

    private void retryAtOnce() {
        pause = FIRST_PAUSE_MILLIS;
        nextTry = LONG_AGO;
        lastFailure = "";
    }

    /** Milliseconds until a handover is tried again that has failed; 0 when there is none. */
    long pauseLeft(long now) {
        return Math.max(0, nextTry - now);
    }

    String lastFailure() {
        return lastFailure;
    }

    /** For a verdict: that nothing undoes by itself what was just done, when something would. */
    String suspendedText(long now) {
        return plan(now).kind() == Kind.SUSPENDED ? " It stays so " + Outlook.UNTIL : "";
    }
}
