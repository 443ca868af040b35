/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.protocol;

import twinwall.group.Role;

/**
 * Decides the local role of an active-standby group. Takes what is heard and the time; gives a decision or null.
 * <p>
 * One rule decides wherever both claim the same: the higher priority is active, with equal priorities the one whose name sorts first.
 */
final class Roles {

    private final MemberSettings settings;
    private final HelloTiming hellos;
    private final long started;
    private Role role = Role.INITIALIZING;
    private PeerHello peer;
    private long heardAt = -1;
    private int failed;
    private long version;
    private boolean peerGone;
    private long bothStandbySince = -1;
    private boolean handingOver;
    private boolean handedOver;
    private long takenAt = Long.MIN_VALUE / 2;

    /** A change of the local role, with the reason for people. */
    record Decision(Role from, Role to, String reason, boolean peerLost) {
    }

    Roles(MemberSettings settings, HelloTiming hellos, long now) {
        this.settings = settings;
        this.hellos = hellos;
        this.started = now;
    }

    Decision heard(PeerHello hello, long now) {
        peer = hello;
        heardAt = now;
        peerGone = false;
        return decide(now);
    }

    /** The peer says that it stops. */
    Decision left(String reason, long now) {
        peerGone = true;
        peer = null;
        return role == Role.ACTIVE ? null : to(Role.ACTIVE, "peer " + settings.peer() + " stops: " + reason, true);
    }

    /** A new process answers under the peer's name: the one before is dead. */
    Decision restarted(long now) {
        peer = null;
        heardAt = now;
        return role == Role.STANDBY ? to(Role.ACTIVE, "peer " + settings.peer() + " has restarted", true) : null;
    }

    Decision tick(long now) {
        if (silent(now) && !handingOver) {
            boolean known = peer != null;
            peer = null;
            peerGone = true;
            if (role != Role.ACTIVE) {
                return to(Role.ACTIVE, known || role == Role.STANDBY
                        ? "peer " + settings.peer() + " missed " + hellos.now().misses() + " hellos"
                        : "peer " + settings.peer() + " was not heard within " + (now - started) + " ms", true);
            }
        }
        return decide(now);
    }

    /** No hello for so long that the peer counts as down. */
    boolean silent(long now) {
        return heardAt < 0 ? now - started >= Math.max(settings.startWaitMillis(), hellos.detectionMillis())
                : now - heardAt >= hellos.detectionMillis();
    }

    /** The active firewall hands over: it forwards nothing from now on, but counts as active until the peer takes over. */
    Decision handOver() {
        handingOver = true;
        return to(Role.STANDBY, "switchover to " + settings.peer(), false);
    }

    /** The peer has been told to take over. */
    void handedOver() {
        handedOver = true;
    }

    /** The hand-over has ended, well or not; the roles sort themselves out. */
    Decision handOverEnded(boolean taken, long now) {
        handingOver = false;
        handedOver = false;
        bothStandbySince = -1;
        return taken ? null : to(Role.ACTIVE, "switchover given up", false);
    }

    Decision take(long now) {
        takenAt = now;
        return role == Role.ACTIVE ? null : to(Role.ACTIVE, "switchover from " + settings.peer(), false);
    }

    /** The peer works without hearing this firewall, so this one must stop. */
    Decision yield(String reason) {
        return handingOver ? null : to(Role.STANDBY, reason, false);
    }

    private Decision decide(long now) {
        if (peer == null || handingOver) {
            return null;
        }
        if (role != Role.STANDBY || peer.role() != Role.STANDBY) {
            bothStandbySince = -1;
        }
        return switch (role) {
            case INITIALIZING -> initializing();
            case STANDBY -> standby(now);
            // A hello from before the peer heard of this firewall's role may still be under way, and says nothing about it.
            case ACTIVE -> peer.role() == Role.ACTIVE && peer.aware() && !wins() && now - takenAt >= hellos.detectionMillis()
                    ? to(Role.STANDBY, "both were active; " + rule(), false) : null;
            default -> null;
        };
    }

    private Decision initializing() {
        return switch (peer.role()) {
            case ACTIVE -> to(Role.STANDBY, "peer " + settings.peer() + " is active", false);
            case INITIALIZING -> wins() ? to(Role.ACTIVE, "both start; " + rule(), false) : null;
            // A standby peer has entries and this firewall has none: it takes over by itself.
            default -> null;
        };
    }

    private Decision standby(long now) {
        if (peer.role() == Role.INITIALIZING) {
            return to(Role.ACTIVE, "peer " + settings.peer() + " starts anew", false);
        }
        if (peer.role() == Role.STANDBY) {
            // Hellos cross: one look is not enough to say that nobody is active.
            if (bothStandbySince < 0) {
                bothStandbySince = now;
            }
            if (now - bothStandbySince >= 2 * hellos.intervalMillis() && wins()) {
                return to(Role.ACTIVE, "nobody was active; " + rule(), false);
            }
        }
        return null;
    }

    private boolean wins() {
        return priority() != peer.priority() ? priority() > peer.priority() : settings.first();
    }

    private String rule() {
        return priority() != peer.priority()
                ? "priority " + priority() + " here, " + peer.priority() + " there"
                : "priorities are equal and " + (settings.first() ? settings.firewall() : settings.peer()) + " sorts first";
    }

    private Decision to(Role next, String reason, boolean peerLost) {
        if (role == next) {
            return null;
        }
        Role from = role;
        role = next;
        version++;
        bothStandbySince = -1;
        return new Decision(from, next, reason, peerLost);
    }

    /** So many monitored items do not work. */
    void failedItems(int count) {
        failed = count;
    }

    int failedItems() {
        return failed;
    }

    int priority() {
        return settings.priority() - PeerHello.ITEM_WEIGHT * failed;
    }

    /** Counts what the peer was told of the role. */
    long version() {
        return version;
    }

    Role role() {
        return role;
    }

    /** The role the peer is told: a firewall that hands over counts as active until it tells the peer to take over. */
    Role announced() {
        return handingOver && !handedOver ? Role.ACTIVE : role;
    }

    /** The last hello, or null when the peer is down. */
    PeerHello peer() {
        return peer;
    }

    boolean peerGone() {
        return peerGone;
    }

    long heardAt() {
        return heardAt;
    }
}
