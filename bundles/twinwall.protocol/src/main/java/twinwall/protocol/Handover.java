/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.protocol;

import java.util.List;

import twinwall.group.Role;

/**
 * Hands the active role, or the peer's half of it, to the peer: waits until the peer has every table, stops using what the peer will get,
 * waits until the peer has confirmed every change made until then, then grants it. What is granted is used by one at any moment. Given
 * up, with everything as before, when the peer does not get or confirm the tables in time. Guarded by its {@link Member}.
 */
final class Handover {

    /** Longest wait for the peer to have every table, for this firewall to stop, and for the peer to confirm every change, each. */
    static final long PATIENCE_MILLIS = 5000;

    private enum Phase {
        /** Nothing is handed over. */
        NONE,
        /** The peer is not proved ready yet; the firewall goes on as before. */
        WAITING,
        /** The firewall is told to stop using what is handed over. */
        STOPPING,
        /** It has stopped; the peer confirms. */
        DRAINING,
        /** Granted: ends when the peer says that it has taken it, or when there is no peer any more. */
        TAKING
    }

    private final RoleKeeper keeper;
    private final Roles roles;
    private final GroupTables tables;
    private final MemberSettings settings;
    private Phase phase = Phase.NONE;
    private Move move;
    private TableWaits waits;
    private long deadline;

    Handover(RoleKeeper keeper, Roles roles, GroupTables tables, MemberSettings settings) {
        this.keeper = keeper;
        this.roles = roles;
        this.tables = tables;
        this.settings = settings;
    }

    boolean underWay() {
        return phase != Phase.NONE;
    }

    void begin(Move wanted, long now) {
        String impossible = underWay() ? "A " + (move.commanded() ? "switchover" : "handover") + " is under way." : impossible(wanted);
        if (impossible != null) {
            keeper.handoverEnded(wanted, false, impossible, List.of(), now);
            return;
        }
        move = wanted;
        waits = new TableWaits(tables);
        phase = Phase.WAITING;
        deadline = now + PATIENCE_MILLIS;
        tick(now);
    }

    private String impossible(Move wanted) {
        if (!roles.role().forwards()) {
            return settings.firewall() + " is not active. Ask the active firewall.";
        }
        if (roles.peer() == null) {
            return "Peer " + settings.peer() + " is not heard. " + goesOn(wanted);
        }
        return null;
    }

    private String goesOn(Move wanted) {
        return settings.firewall() + (roles.role() == Role.LOAD_BALANCING ? " keeps its half."
                : wanted.share() ? " keeps everything." : " stays active.");
    }

    /** The peer is proved ready, or will not be in time. */
    private void awaitReadiness(long now) {
        String impossible = impossible(move);
        PeerHello peer = roles.peer();
        boolean lacks = impossible == null && waits.forDelivery(now);
        Role expected = roles.role() == Role.LOAD_BALANCING ? Role.LOAD_BALANCING : Role.STANDBY;
        if (impossible == null && !lacks && peer.ready() && peer.role() == expected) {
            phase = Phase.STOPPING;
            deadline = now + PATIENCE_MILLIS;
            keeper.flushing(true);
            keeper.decided(roles.handOver(move.share() ? Role.LOAD_BALANCING : Role.STANDBY, move.reason()), now);
        } else if (impossible != null || now >= deadline) {
            phase = Phase.NONE;
            keeper.handoverEnded(move, false, impossible != null ? impossible : notReady(lacks, peer) + " " + goesOn(move), waits.list(),
                    now);
        }
    }

    private String notReady(boolean lacks, PeerHello peer) {
        return "Peer " + settings.peer() + (lacks ? " did not get every table within " + PATIENCE_MILLIS + " ms: " + tables.undelivered()
                : (peer.ready() ? " is " + peer.role().label() : " says that it is not ready") + ", and was so for " + PATIENCE_MILLIS
                + " ms") + ".";
    }

    /** The firewall knows its role: it has stopped using what is handed over, so nothing of that changes any more. */
    void known(long now) {
        if (phase == Phase.STOPPING) {
            phase = Phase.DRAINING;
            deadline = now + PATIENCE_MILLIS;
            waits.mark(now);
            tick(now);
        }
    }

    /** The peer has confirmed something: what is handed over has no owner until then, so the next tick is too late. */
    void confirmed(long now) {
        if (phase == Phase.DRAINING) {
            tick(now);
        }
    }

    void tick(long now) {
        if (phase == Phase.WAITING) {
            awaitReadiness(now);
        }
        if (roles.silent(now)) {
            peerGone("Peer " + settings.peer() + " is down.", now);
        }
        if (phase == Phase.DRAINING && waits.confirmed(now)) {
            phase = Phase.TAKING;
            roles.grant(move.cause());
            keeper.tellTables();
            keeper.tellPeer();
        } else if (phase == Phase.STOPPING && now >= deadline) {
            back(settings.firewall() + " did not stop within " + PATIENCE_MILLIS + " ms.", now);
        } else if (phase == Phase.DRAINING && now >= deadline) {
            back("Peer " + settings.peer() + " did not confirm every change (" + waits.left() + " left) within " + PATIENCE_MILLIS
                    + " ms.", now);
        }
    }

    /** Nobody knows what the peer has done since: what was under way does not count, and the roles sort themselves out. */
    void abandon(String why, long now) {
        if (underWay()) {
            phase = Phase.NONE;
            keeper.flushing(false);
            roles.handedOver();
            keeper.tellTables();
            keeper.handoverEnded(move, false, why + ".", waits.list(), now);
        }
    }

    /** Not by this handover: what it was begun for is not so any more. */
    void rolesChanged(long now) {
        if (phase == Phase.WAITING) {
            phase = Phase.NONE;
            keeper.handoverEnded(move, false, settings.firewall() + " is " + roles.role().label() + " now. Look at the status, and ask "
                    + "again if need be.", waits.list(), now);
        }
    }

    /** There is nobody left to hand over to: the firewall goes on alone. */
    void peerGone(String why, long now) {
        if (phase != Phase.NONE && phase != Phase.WAITING) {
            end(roles.takeBack(move.commanded() ? "switchover given up: " + why : "handover given up: " + why, true), why, now);
        }
    }

    private void back(String why, long now) {
        end(roles.takeBack("handover given up: " + why, false), why, now);
    }

    private void end(Decision decision, String why, long now) {
        phase = Phase.NONE;
        keeper.flushing(false);
        keeper.tellTables();
        keeper.decided(decision, now);
        keeper.handoverEnded(move, false, why + " " + settings.firewall() + switch (roles.role()) {
            case LOAD_BALANCING -> " has its half.";
            case STANDBY -> " is standby.";
            default -> move.share() ? " has everything again." : " is active again.";
        }, waits.list(), now);
        keeper.decided(roles.decide(now), now);
    }

    /** The peer has said something new. */
    void heard(long now) {
        if (phase == Phase.NONE) {
            return;
        }
        Role peer = roles.peer().role();
        if (phase == Phase.WAITING) {
            awaitReadiness(now);
        } else if (phase == Phase.TAKING && (roles.grantTaken() || peer == (move.share() ? Role.LOAD_BALANCING : Role.ACTIVE))) {
            phase = Phase.NONE;
            keeper.flushing(false);
            roles.handedOver();
            keeper.handoverEnded(move, true, (move.share() ? "Both process services, each with its half."
                    : settings.peer() + " is active; nothing was lost.") + waits.text(), waits.list(), now);
            // It may have handed something back at once.
            keeper.decided(roles.decide(now), now);
        } else if (roles.openGrant() && (phase != Phase.TAKING || settings.first())) {
            // Both hand over at once, and nobody would be left.
            back("Peer " + settings.peer() + " hands over, too.", now);
        } else if (peer == Role.ACTIVE) {
            // What this firewall has given up it must not take back beside a peer that has taken it.
            roles.handedOver();
            end(null, "Peer " + settings.peer() + " has become active by itself.", now);
        }
    }
}
