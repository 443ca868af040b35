/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.protocol;

import twinwall.group.Role;
import twinwall.protocol.Decision.Why;

/**
 * Decides the local role from what is heard of the peer and the time; gives a decision or null.
 * <p>
 * One rule decides wherever both claim the same: the higher priority is active, with equal priorities the one whose name sorts first. Where
 * nobody is active yet it goes by the configured priorities, else by those that count.
 * What a firewall has, its peer gets only when it is granted (see {@link Handover}), or when it has fallen silent.
 */
final class Roles {

    private final MemberSettings settings;
    private final HelloTiming hellos;
    private long started;
    private boolean listeningAnew;
    private boolean looking;
    private Role role = Role.INITIALIZING;
    private PeerHello peer;
    private long heardAt = -1;
    private boolean peerGone;
    /** Since when the peer says that it processes nothing while this firewall has not everything either. */
    private long idleSince = -1;
    private int failed;
    private boolean handingOver;
    /** The role before what is being handed over. */
    private Role before;
    /** Counts what was granted to the peer. */
    private long grants;
    private Cause granted;
    /** The last of the peer's grants that was taken or is void. */
    private long taken;
    private long newest;

    Roles(MemberSettings settings, HelloTiming hellos, long now) {
        this.settings = settings;
        this.hellos = hellos;
        this.started = now;
    }

    Decision heard(PeerHello hello, long now) {
        heardAt = now;
        listeningAnew = false;
        // What a process that is gone had said may still be read.
        looking &= !hello.aware();
        peerGone = false;
        if (outdated(hello)) {
            return null;
        }
        newest = hello.version();
        peer = hello;
        return decide(now);
    }

    /** Whether it has come over a slower link than one that was said later. */
    boolean outdated(PeerHello hello) {
        return hello.version() < newest;
    }

    /** The peer says that it stops. */
    Decision left(String reason) {
        peerGone = true;
        peer = null;
        return role == Role.ACTIVE ? null : to(Role.ACTIVE, "peer " + settings.peer() + " stops: " + reason, Why.PEER_LOST);
    }

    /** A new process answers under the peer's name: the one before is dead. */
    Decision restarted(long now) {
        peer = null;
        newest = 0;
        taken = 0;
        heardAt = now;
        // A firewall that stood still does not know when that was: the new process may be active.
        return !looking && (role == Role.STANDBY || role == Role.LOAD_BALANCING)
                ? to(Role.ACTIVE, "peer " + settings.peer() + " has restarted", Why.PEER_LOST) : null;
    }

    Decision tick(long now) {
        if (silent(now) && !handingOver) {
            boolean known = peer != null;
            peer = null;
            peerGone = true;
            if (role != Role.ACTIVE) {
                return to(Role.ACTIVE, known || role != Role.INITIALIZING
                        ? "peer " + settings.peer() + " missed " + hellos.now().misses() + " hellos"
                        : "peer " + settings.peer() + " was not heard within " + (now - started) + " ms", Why.PEER_LOST);
            }
        }
        return decide(now);
    }

    /** No hello for so long that the peer counts as down. */
    boolean silent(long now) {
        return heardAt < 0 ? now - started >= Math.max(settings.startWaitMillis(), hellos.detectionMillis())
                : now - heardAt >= hellos.detectionMillis();
    }

    /** This firewall gives up what it has, all or half of it, but the peer may not take it before it is granted. */
    Decision handOver(Role next, String reason) {
        before = role;
        handingOver = true;
        return to(next, reason, Why.GIVES);
    }

    /** The peer may take what is handed over. */
    void grant(Cause cause) {
        grants++;
        granted = cause;
    }

    /** The peer has taken what it was granted. */
    void handedOver() {
        handingOver = false;
        granted = null;
        idleSince = -1;
    }

    /** Nothing was granted, or there is nobody left to take it: this firewall has again what it had, or all when the peer is lost. */
    Decision takeBack(String reason, boolean peerLost) {
        handedOver();
        // A peer that processed services itself until it was lost may have had changes that never came.
        return to(peerLost ? Role.ACTIVE : before, reason, peerLost && before == Role.LOAD_BALANCING ? Why.PEER_LOST : Why.BACK);
    }

    /** The peer works without hearing this firewall, so this one must stop. */
    Decision yield(String reason) {
        return handingOver ? null : to(Role.STANDBY, reason, Why.RULES);
    }

    /**
     * This process stood still until now, and could not hear the peer: its silence counts from now. Once only, as long as nothing is
     * heard, unless all that is known of the peer is void. A firewall that starts goes on looking for a peer that was never heard.
     */
    void listenAnew(long now, boolean knowsNothing) {
        if (!listeningAnew || knowsNothing) {
            listeningAnew = true;
            if (heardAt < 0) {
                started = now;
            } else {
                heardAt = now;
            }
        }
        // What the peer last said may have been true for a moment only.
        idleSince = -1;
        if (knowsNothing) {
            peer = null;
            looking = true;
        }
    }

    /** The peer may have taken over: stops to forward until it is known. */
    Decision standAside(String reason) {
        return role.forwards() ? to(Role.STANDBY, reason, Why.RULES) : null;
    }

    /** What is to be decided now; null while something is handed over, or while nothing fresh is known of the peer. */
    Decision decide(long now) {
        if (peer == null || handingOver) {
            return null;
        }
        if (!idle()) {
            idleSince = -1;
        } else if (idleSince < 0) {
            idleSince = now;
        }
        if (looking) {
            // What was said before this process stood still may be void: a grant may have been taken back, and must not count as taken.
            return null;
        }
        boolean open = openGrant();
        taken = Math.max(taken, peer.grant());
        return switch (role) {
            case INITIALIZING -> initializing();
            case STANDBY -> standby(open, now);
            case LOAD_BALANCING -> sharing(open, now);
            // A hello from before the peer heard of this firewall's role may still be under way, and says nothing about it.
            case ACTIVE -> peer.role() == Role.ACTIVE && peer.aware() && !wins()
                    ? to(Role.STANDBY, "both were active; " + rule(priority(), peer.priority()), Why.RULES) : null;
        };
    }

    /** The peer has granted what this firewall has not taken yet. */
    boolean openGrant() {
        return peer != null && peer.cause() != null && peer.grant() > taken;
    }

    private boolean idle() {
        return peer.role() == Role.STANDBY && (role == Role.STANDBY || role == Role.LOAD_BALANCING);
    }

    private Decision initializing() {
        return switch (peer.role()) {
            case ACTIVE -> to(Role.STANDBY, "peer " + settings.peer() + " is active", Why.RULES);
            // One that has not heard this firewall may be active by now.
            case INITIALIZING -> peer.aware() && winsWhateverFails() ? to(Role.ACTIVE, "both start; " + configuredRule(), Why.RULES) : null;
            // A standby peer has entries and this firewall has none: it takes over by itself, as does one that had a share.
            default -> null;
        };
    }

    private Decision standby(boolean open, long now) {
        return switch (peer.role()) {
            case INITIALIZING -> to(Role.ACTIVE, "peer " + settings.peer() + " starts anew", Why.RULES);
            case STANDBY -> open ? granted(Role.ACTIVE, peer.cause().told(settings.peer()))
                    // Hellos cross: one look is not enough to say that nobody is active.
                    : idleLongEnough(now) && winsWhateverFails()
                            ? to(Role.ACTIVE, "nobody was active; " + configuredRule(), Why.RULES) : null;
            case LOAD_BALANCING -> open ? granted(Role.LOAD_BALANCING, peer.cause().toldOfShare(settings.peer())) : null;
            default -> null;
        };
    }

    private Decision sharing(boolean open, long now) {
        return switch (peer.role()) {
            case INITIALIZING -> to(Role.ACTIVE, "peer " + settings.peer() + " starts anew", Why.PEER_LOST);
            case STANDBY -> open ? granted(Role.ACTIVE, peer.cause().told(settings.peer()))
                    : idleLongEnough(now) ? to(Role.ACTIVE, "peer " + settings.peer() + " has no share any more", Why.RULES) : null;
            case ACTIVE -> peer.aware() ? to(Role.STANDBY, "peer " + settings.peer() + " has taken everything", Why.RULES) : null;
            default -> null;
        };
    }

    private boolean idleLongEnough(long now) {
        return now - idleSince >= 2 * hellos.intervalMillis();
    }

    /** Whether this firewall is the one of two that claim the same. */
    private boolean wins() {
        return priority() != peer.priority() ? priority() > peer.priority() : settings.first();
    }

    /** The same by the configured priorities: both see them alike at any moment, so that not both become active. */
    private boolean winsWhateverFails() {
        return settings.priority() != peer.configuredPriority() ? settings.priority() > peer.configuredPriority() : settings.first();
    }

    private String configuredRule() {
        return rule(settings.priority(), peer.configuredPriority());
    }

    private String rule(int here, int there) {
        return here != there ? "priority " + here + " here, " + there + " there"
                : "priorities are equal and " + (settings.first() ? settings.firewall() : settings.peer()) + " sorts first";
    }

    private Decision granted(Role next, String reason) {
        Decision decision = to(next, reason, Why.GRANTED);
        return new Decision(decision.from(), next, reason, Why.GRANTED, peer.cause());
    }

    private Decision to(Role next, String reason, Why why) {
        if (role == next) {
            return null;
        }
        Role from = role;
        role = next;
        idleSince = -1;
        return new Decision(from, next, reason, why, null);
    }

    /** So many monitored items do not work. */
    void failedItems(int count) {
        failed = count;
    }

    int failedItems() {
        return failed;
    }

    /** The one that counts. */
    int priority() {
        return settings.priority() - PeerHello.ITEM_WEIGHT * failed;
    }

    Role role() {
        return role;
    }

    /** The role the peer is told: what is handed over counts as this firewall's until it is granted. */
    Role announced() {
        return handingOver && granted == null ? before : role;
    }

    /** Whether it has given up what the peer has not taken yet. */
    boolean handingOver() {
        return handingOver;
    }

    long taken() {
        return taken;
    }

    /** Whether the peer has taken what was granted last, whatever it has done with it since. */
    boolean grantTaken() {
        return granted != null && peer != null && peer.taken() >= grants;
    }

    long grants() {
        return grants;
    }

    Cause granted() {
        return granted;
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
