/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.protocol.simulation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;

import twinwall.group.Role;
import twinwall.protocol.HandoverEnd;
import twinwall.protocol.Hellos;
import twinwall.protocol.KeptSpace;
import twinwall.protocol.Member;
import twinwall.protocol.MemberEvents;
import twinwall.protocol.MemberSettings;
import twinwall.protocol.Shortfall;
import twinwall.protocol.SplitBrain;
import twinwall.protocol.Work;

/** One process of a firewall: when it dies, all of this is gone. */
final class SimFirewall implements MemberEvents {

    final String name;
    final int me;
    final Member member;
    final List<SimTable> tables = new ArrayList<>();
    final Deque<Role> tellFirewall = new ArrayDeque<>();
    private final Deque<SimTable> late = new ArrayDeque<>();
    boolean dead;
    /** The process stands still until then. */
    boolean stopped;
    long stoppedUntil;
    /** Its clock is ahead by so much. */
    long ahead;
    /** It forwarded alone, over a link that works, when it stopped. */
    private boolean stoppedAlone;
    /** The role that the firewall knows: it follows the member's with a delay. */
    Role known = Role.INITIALIZING;
    /** For what is kept of tables without a handler. */
    final KeptSpace keptSpace;
    Map<String, Shortfall> losses = Map.of();
    int takeovers;
    private int unknown;
    private final World world;

    SimFirewall(World world, int me, long clock) {
        this.world = world;
        this.me = me;
        this.name = me == 0 ? "fw-a" : "fw-b";
        World.Plan plan = world.plan;
        this.keptSpace = new KeptSpace(world.handlers.keptBytes());
        this.member = new Member(new MemberSettings(name, me == 0 ? "fw-b" : "fw-a", world.random.nextLong(),
                me == 0 ? plan.priorityA() : plan.priorityB(), me == 0 ? World.HELLO_MILLIS : plan.helloMillisOfB(),
                World.HELLO_MISSES, plan.gatherMillis(), world.quick[me], World.HELLO_MILLIS * World.HELLO_MISSES, plan.roles()),
                this, world.now);
        for (int i = 0; i < plan.tables(); i++) {
            SimTable table = new SimTable(this, world, i, clock);
            tables.add(table);
            table.replica.comparison().every(world.corruption.compareEveryMillis());
            if (world.tablesComeLate() && world.random.nextInt(3) == 0) {
                late.add(table);
            } else {
                member.add(table.replica);
            }
        }
    }

    long now() {
        return world.now + ahead;
    }

    /** Whether a packet that comes now is forwarded. */
    boolean forwards() {
        return !dead && !stopped && known.forwards() && member.leaseValid(now());
    }

    void stop(int millis) {
        world.trace(name + " stands still for " + millis);
        stoppedAlone = forwards() && !world.other(this).forwards() && world.linkHasWorked();
        stopped = true;
        stoppedUntil = world.now + millis;
    }

    void goOn() {
        stopped = false;
        world.trace(name + " goes on" + (stoppedAlone ? ", was alone" : ""));
        if (stoppedAlone && forwards() && known == Role.ACTIVE && world.other(this).forwards()) {
            throw new AssertionError(name + " goes on and forwards although its peer has taken over");
        }
    }

    SimTable table(String type) {
        return tables.stream().filter(table -> table.type.equals(type)).findFirst().orElseThrow();
    }

    /** Adds one table that was not there from the beginning. */
    void addLateTable() {
        SimTable table = late.poll();
        if (table != null) {
            world.trace(name + " adds " + table.type);
            member.add(table.replica);
        }
    }

    /** A table that the peer offers and whose handler has not come yet is kept until it does. */
    void keepLateTable() {
        if (unknown > 0 && !late.isEmpty()) {
            SimTable table = late.poll();
            world.trace(name + " adds " + table.type + " without a handler");
            table.handlerHere = false;
            table.replica.handlerGone();
            member.add(table.replica);
        }
    }

    @Override
    public void unknownTable(String type, Work.Open layout, boolean confidential) {
        unknown++;
    }

    /** Tells the firewall one role that it does not know yet. */
    boolean tellRole() {
        Role role = tellFirewall.poll();
        if (role == null) {
            return false;
        }
        known = role;
        world.oracle.watchShares();
        world.trace(name + " knows it is " + role);
        member.roleKnown(now());
        return true;
    }

    boolean mayChange() {
        return world.plan.both() || known.forwards();
    }

    @Override
    public void roleChanged(Role from, Role to, String reason, int peerPriority) {
        world.trace(name + " " + from + " -> " + to + ": " + reason);
        tellFirewall.add(to);
        world.oracle.roleChanged(this, reason);
    }

    @Override
    public void lost(String cause, Map<String, Shortfall> shortfalls) {
        world.trace(name + " lost the peer: " + cause + " " + shortfalls);
        losses = shortfalls;
        takeovers++;
    }

    @Override
    public void handoverEnded(HandoverEnd end) {
        world.trace(name + (end.commanded() ? " switchover" : " handover") + (end.done() ? " done: " : " not done: ") + end.message());
    }

    @Override
    public void splitBrain(SplitBrain report) {
        world.trace(name + " " + report);
    }

    @Override
    public void hellosDiffer(Hellos here, Hellos there, Hellos agreed) {
        world.trace(name + " keeps to " + agreed);
    }

    @Override
    public void peerSwitchedQuickBackup(boolean on) {
        world.quick[me] = on;
    }

    @Override
    public String toString() {
        return name;
    }
}
