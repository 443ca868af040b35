/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.protocol.simulation;

import java.util.List;

import twinwall.group.Networking;
import twinwall.group.Role;
import twinwall.protocol.Probe;

/**
 * What must hold of roles.
 * <ul>
 * <li>No two firewalls act on knowing that they have the same share, unless one took over from a peer that it did not hear and that
 * was there.
 * <li>After that, two that have the same share sort it out within the detection time and three hellos of a working link.
 * <li>Of two that live one processes services, but for the detection time, two waits of a handover and a few hellos after a fault.
 * <li>Roles change at most a few times for each fault.
 * <li>In the end roles are what the priorities ask for.
 * </ul>
 */
final class RoleOracle {

    private static final int CHANGES_PER_FAULT = 8;

    private final World world;
    private long overlapSince = -1;
    private long nobodySince = -1;
    private long disturbedAt;
    private boolean torn;
    private int faults = 1;
    private int changes;

    RoleOracle(World world) {
        this.world = world;
    }

    /** Something happens that may change roles. */
    void disturbed() {
        faults++;
        disturbedAt = world.now;
    }

    void changed(SimFirewall firewall, String reason) {
        changes++;
        boolean alone = reason.contains("missed") || reason.contains("not heard") || reason.contains("is down");
        SimFirewall other = firewall == world.a ? world.b : world.a;
        if (alone && other != null && !other.dead) {
            torn = true;
        }
        if (changes > CHANGES_PER_FAULT * faults) {
            throw new AssertionError(changes + " role changes for " + faults + " faults");
        }
        watchShares();
    }

    /** What the firewalls themselves know: what they hand out depends on it. */
    void watchShares() {
        if (world.a == null || world.b == null || world.a.dead || world.b.dead) {
            return;
        }
        boolean same = overlap(acts(world.a), acts(world.b)) && world.a.forwards() && world.b.forwards();
        if (same && !torn && world.linkWorks()) {
            throw new AssertionError("both have a share: " + acts(world.a) + " and " + acts(world.b));
        }
        // Each may have heard for long enough that nobody is there, in whatever words.
        torn |= same;
        if (!same && !overlap(world.a.member.role(), world.b.member.role()) && world.a.tellFirewall.isEmpty()
                && world.b.tellFirewall.isEmpty() && knows(world.a, world.b) && knows(world.b, world.a)) {
            torn = false;
        }
    }

    private boolean knows(SimFirewall one, SimFirewall other) {
        return one.member.peer(world.now).role() == other.member.role();
    }

    /** What the firewall does by the role that it was told, as long as it may. */
    private Role acts(SimFirewall firewall) {
        return firewall.member.leaseValid(world.now) ? firewall.known : Role.STANDBY;
    }

    private static boolean overlap(Role one, Role other) {
        return one.forwards() && other.forwards() && (one == Role.ACTIVE || other == Role.ACTIVE);
    }

    void watch() {
        watchShares();
        boolean same = overlap(world.a.member.role(), world.b.member.role()) && world.a.forwards() && world.b.forwards()
                && world.linkWorks();
        overlapSince = same ? overlapSince < 0 ? world.now : overlapSince : -1;
        if (same && world.now - overlapSince > world.detectionMillis() + 3 * world.helloMillis()) {
            throw new AssertionError("both have had a share for " + (world.now - overlapSince) + " ms with a link between them");
        }
        boolean nobody = !world.a.member.role().forwards() && !world.b.member.role().forwards();
        nobodySince = nobody ? nobodySince < 0 ? world.now : nobodySince : -1;
        long undisturbed = world.now - Math.max(nobodySince, disturbedAt);
        if (nobody && undisturbed > world.detectionMillis() + 2 * 5000 + 5 * world.helloMillis()) {
            throw new AssertionError("nobody has processed services for " + undisturbed + " ms");
        }
    }

    /** Why roles are not what they should be in the end; empty when they are. */
    String unrest() {
        boolean balancing = world.plan.roles().networking() == Networking.LOAD_BALANCING;
        boolean settled = world.roles(Role.ACTIVE, Role.STANDBY) || balancing && world.roles(Role.LOAD_BALANCING, Role.LOAD_BALANCING);
        StringBuilder why = new StringBuilder(settled ? "" : "roles " + world.a.member.role() + " " + world.b.member.role() + "; ");
        for (SimFirewall firewall : List.of(world.a, world.b)) {
            String pending = Probe.pending(firewall.member, world.now);
            why.append(pending.isEmpty() ? "" : firewall + ": " + pending + "; ");
        }
        return why.toString();
    }

    void checkCalm() {
        for (SimFirewall firewall : List.of(world.a, world.b)) {
            if (firewall.known != firewall.member.role()) {
                throw new AssertionError(firewall + " is " + firewall.member.role() + " and knows " + firewall.known);
            }
        }
    }
}
