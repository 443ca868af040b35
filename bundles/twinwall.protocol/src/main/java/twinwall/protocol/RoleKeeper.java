/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.protocol;

import java.util.ArrayList;
import java.util.List;

import twinwall.group.Role;
import twinwall.group.Verdict.TableWait;

/**
 * The local role and all that changes it: what is heard of the peer, handovers, and what the priorities ask for. Guarded by its
 * {@link Member}.
 */
final class RoleKeeper {

    private static final int MOST_TOLD = 4;

    private final Member member;
    private final MemberSettings settings;
    private final HelloTiming hellos;
    private final MemberEvents events;
    private final GroupTables tables;
    private final Roles roles;
    private final Handover handover;
    private final Preemption preemption;
    private final Awakening awakening;
    private final SplitBrains splitBrains;
    private long roleSince;
    private String lastReason = "";
    private final Unheard unheard = new Unheard();
    private List<String> failedItems = List.of();
    private boolean flushing;
    private long rolesTold;
    private long rolesKnown;
    private PeerHello lastSaid;
    /** The peer has said, since it follows the present choice of the running link, that all of its tables are here. */
    private boolean toldAll;

    RoleKeeper(Member member, MemberSettings settings, HelloTiming hellos, MemberEvents events, GroupTables tables, long now) {
        this.member = member;
        this.settings = settings;
        this.hellos = hellos;
        this.events = events;
        this.tables = tables;
        this.roles = new Roles(settings, hellos, now);
        this.handover = new Handover(this, roles, tables, settings);
        this.preemption = new Preemption(settings, roles);
        this.splitBrains = new SplitBrains(settings.firewall(), tables);
        this.roleSince = now;
        this.awakening = new Awakening(this, member.links(), roles, handover, new Stillness(hellos, now));
    }

    Roles roles() {
        return roles;
    }

    /** What becomes of the role when this process stood still. */
    Awakening awakening() {
        return awakening;
    }

    /** For how long the local role is what it is. */
    long roleMillis(long now) {
        return Math.max(0, now - roleSince);
    }

    void heard(PeerHello hello, long peerRoleMillis, long now) {
        Role before = roles.role();
        long mine = roleMillis(now);
        awakening.heard(hello, settings.peer(), now);
        if (roles.silent(now)) {
            // What the peer says counts once it knows that it is heard.
            member.sayRole();
        }
        boolean outdated = roles.outdated(hello);
        if (roles.peer() != null && roles.peer().role().forwards() && !hello.role().forwards()) {
            // It may have stopped until it knows that it was heard.
            tellPeer();
        }
        Decision decision = roles.heard(hello, now);
        // What has changed until now does not lift what is decided now.
        preemption.look(now);
        decided(decision, now);
        if (!outdated) {
            if (roles.role() == Role.INITIALIZING && hello.role() == Role.INITIALIZING && !hello.aware()) {
                tellPeer();
            }
            handover.heard(now);
            if (unheard.mustYield(roles.role(), hello, now, hellos.intervalMillis())) {
                decided(roles.yield("peer " + settings.peer() + " is active and does not hear this firewall"), now);
            }
        }
        splitBrains.looked(before, roles.role(), hello, mine, peerRoleMillis, lastReason, now);
    }

    void tick(long now) {
        SplitBrain over = splitBrains.due(peerProvedReady() && roles.peer().delivered() && tables.lag() == 0, now);
        if (over != null && member.tell(over.frame())) {
            events.splitBrain(over);
        }
        decided(roles.tick(now), now);
        handover.tick(now);
        preemption.look(now);
        if (!handover.underWay()) {
            Move move = preemption.due(peerProvedReady(), failedItems, now);
            if (move != null) {
                handover.begin(move, now);
            }
        }
    }

    /** The peer stops. */
    void left(String reason, long now) {
        handover.peerGone("Peer " + settings.peer() + " stops.", now);
        decided(roles.left(reason), now);
        preemption.peerReplaced();
    }

    /** A new process answers under the peer's name. */
    void restarted(long now) {
        handover.peerGone("Peer " + settings.peer() + " has restarted.", now);
        decided(roles.restarted(now), now);
        preemption.peerReplaced();
    }

    /** The firewall knows the next of the roles that it was told. */
    void known(long now) {
        rolesKnown++;
        if (rolesKnown == rolesTold) {
            awakening.known();
            handover.known(now);
        }
    }

    /** The peer has confirmed something. */
    void confirmed(long now) {
        handover.confirmed(now);
    }

    /** An operator asks to hand over: everything, or in load balancing what the peer lacks of its half. */
    void switchover(long now) {
        boolean share = settings.roles().loadBalancing() && roles.role() == Role.ACTIVE;
        handover.begin(new Move(share, Cause.COMMAND, share ? "switchover: " + settings.peer() + " gets its half"
                : "switchover to " + settings.peer()), now);
    }

    /** The process stops: everything goes to the peer. */
    void handOverToStop(long now) {
        handover.begin(new Move(false, Cause.STOP, "planned stop; " + settings.peer() + " takes over"), now);
    }

    void failedItems(List<String> failures, long now) {
        failedItems = failures;
        if (failures.size() != roles.failedItems()) {
            roles.failedItems(failures.size());
            member.tellPeer();
        }
        preemption.look(now);
    }

    List<String> failedItems() {
        return failedItems;
    }

    /** What is said to the peer now. */
    PeerHello hello(boolean ready, long now) {
        // What is granted must be said as it was: the peer would take it for more.
        Role role = awakening.inDoubt() && roles.granted() == null ? Role.STANDBY : roles.announced();
        PeerHello says = new PeerHello(0, role, roles.grants(), roles.granted(), roles.taken(), settings.priority(),
                roles.failedItems(), ready, tables.allDelivered(), roles.silent(now), true);
        if (!says.saysTheSame(lastSaid)) {
            lastSaid = says.as(lastSaid == null ? 1 : lastSaid.version() + 1);
        }
        return lastSaid;
    }

    /** What will become of the roles by themselves, for people. */
    List<String> outlook(boolean ready, long now) {
        if (handover.underWay()) {
            return List.of("A handover to " + settings.peer() + " is under way.");
        }
        boolean gives = roles.role().forwards();
        boolean proved = gives ? peerProvedReady() : ready && roles.peer() != null && roles.peer().delivered();
        String lacks = gives ? tables.undelivered() : tables.incomplete();
        return new Outlook(settings, roles, preemption, failedItems).lines(proved ? null : lacks, now);
    }

    /** Why a failover to this firewall would not find every table complete, one line each. */
    List<String> notReady(long now) {
        List<String> reasons = new ArrayList<>();
        Role role = roles.role();
        if (role == Role.INITIALIZING) {
            reasons.add("The role is not yet known: waiting for " + settings.peer() + ".");
        } else if (role == Role.STANDBY || role == Role.LOAD_BALANCING) {
            String why = member.links().whyNoData(now);
            if (!why.isEmpty()) {
                reasons.add(why.equals(Links.HEARTBEATS_ONLY) ? "Only heartbeat-only links reach " + settings.peer() + "."
                        : "No heartbeat link to " + settings.peer() + ".");
            }
            reasons.addAll(tables.lacking(settings.peer()));
            if (reasons.isEmpty() && !toldAll) {
                // What it has never offered is not missed here.
                reasons.add("Peer " + settings.peer() + " has not said yet that this firewall has all of its tables.");
            }
        }
        return reasons;
    }

    /** Another connection carries the data from now on, or none. */
    void linkChosen() {
        toldAll = false;
    }

    /** The peer says whether all of its tables are here, over the running link and in knowledge of the present choice. */
    void toldDelivered(boolean all) {
        toldAll |= all;
    }

    /** What will change the roles by itself; empty when nothing will. */
    String pending(long now) {
        Preemption.Plan plan = preemption.plan(now);
        return handover.underWay() ? "a handover" : !plan.gives() ? "" : switch (plan.kind()) {
            case ITEMS, PREEMPTION, SHARE -> plan.kind().toString();
            default -> "";
        };
    }

    private boolean peerProvedReady() {
        return roles.peer() != null && roles.peer().ready() && tables.settled();
    }

    // What a handover asks.

    void tellPeer() {
        member.tellPeer();
    }

    /** While something is handed over changes are not gathered. */
    void flushing(boolean on) {
        flushing = on;
        member.flushing(flushing);
    }

    void handoverEnded(Move move, boolean done, String message, List<TableWait> waits, long now) {
        preemption.ended(move, done, message, now);
        String suspended = done && move.cause() == Cause.COMMAND ? preemption.suspendedText(now) : "";
        events.handoverEnded(new HandoverEnd(move.commanded(), done, message + suspended, waits));
        if (done) {
            tellPeer();
        }
    }

    void decided(Decision decision, long now) {
        if (decision == null) {
            return;
        }
        String reason = decision.reason();
        roleSince = now;
        lastReason = reason;
        boolean alone = decision.why() == Decision.Why.PEER_LOST && decision.from() != Role.INITIALIZING;
        if (alone) {
            reason += lacked();
            events.lost(reason, tables.shortfalls(member.heardOut()));
        }
        preemption.changed(decision);
        if (decision.why() != Decision.Why.GIVES && decision.why() != Decision.Why.BACK) {
            handover.rolesChanged(now);
        }
        tellTables();
        rolesTold++;
        events.roleChanged(decision.from(), decision.to(), reason, roles.peer() == null ? -1 : roles.peer().priority());
        member.sayRole();
    }

    /** Until it is granted what this firewall has handed over is still its own: it knows the entries better than the peer. */
    void tellTables() {
        boolean forwards = roles.announced().forwards();
        tables.all().forEach(table -> table.replica().forwards(forwards));
    }

    /** What this firewall would have needed to be proved ready; it takes over all the same, because nobody else is there. */
    private String lacked() {
        List<String> lacking = tables.lacking(settings.peer());
        if (lacking.isEmpty()) {
            return "";
        }
        int more = lacking.size() - MOST_TOLD;
        return "; it was not proved ready: " + String.join(" ", lacking.subList(0, Math.min(MOST_TOLD, lacking.size())))
                + (more > 0 ? " And " + more + " more." : "");
    }
}
