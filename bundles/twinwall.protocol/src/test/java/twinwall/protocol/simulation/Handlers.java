/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.protocol.simulation;

import java.util.Random;

import twinwall.group.Role;

/** Handlers that come and go, and what is kept while they are away, where a run is to have that. */
final class Handlers {

    /** For what is concerned with tables without a handler only. */
    private final Random random;
    private final World world;
    private final long keptBytes;

    Handlers(World world) {
        this.world = world;
        this.random = new Random(world.seed * 0xBF58476D1CE4E5B9L ^ world.seed >>> 11);
        this.keptBytes = new long[] {0, 2000, 1 << 20, 1 << 20}[random.nextInt(4)];
    }

    /** Room for entries of tables without a handler: none, hardly any, or enough. */
    long keptBytes() {
        return keptBytes;
    }

    /** A little of it, more often than bundles do. */
    void step() {
        if (keptBytes == 0) {
            return;
        }
        SimFirewall some = random.nextBoolean() ? world.a : world.b;
        if (some.stopped) {
            return;
        }
        SimTable table = some.tables.get(random.nextInt(some.tables.size()));
        int what = random.nextInt(400);
        if (what < 2 && table.handlerHere && !table.keeper.delivering()) {
            world.oracle.disturbed();
            table.handlerGoes();
        } else if (what < 4 && !table.handlerHere && !table.applying && !table.keeper.delivering()) {
            table.handlerComes();
        } else if (what < 40) {
            table.keeper.begin();
        } else if (what < 60 && table.keeper.keeps() && !table.applying) {
            table.keeper.retry();
        } else if (what < 64) {
            some.keepLateTable();
        } else if (what < 68 && world.depth == 0 && !world.corruption.on()) {
            standbyLosesHandlers();
        }
    }

    /** In a calm moment handlers of the standby go, changes are kept there, and the active firewall may die. */
    private void standbyLosesHandlers() {
        for (int i = 0; i < 150 && !world.oracle.unrest().isEmpty(); i++) {
            world.pass(10);
            world.cables.forEach(Cable::connect);
            world.settle(world.a, true);
            world.settle(world.b, true);
        }
        world.oracle.check();
        if (!world.roles(Role.ACTIVE, Role.STANDBY) || !world.oracle.unrest().isEmpty()) {
            return;
        }
        world.oracle.disturbed();
        SimFirewall active = world.a.member.role() == Role.ACTIVE ? world.a : world.b;
        world.other(active).tables.stream().filter(table -> random.nextBoolean()).forEach(SimTable::handlerGoes);
        for (int i = 0; i < 30; i++) {
            world.pass(10);
            if (random.nextInt(3) == 0 && active.mayChange()) {
                active.tables.get(random.nextInt(active.tables.size())).change();
            }
            world.settle(active, true);
            world.settle(world.other(active), false);
            world.other(active).tables.forEach(table -> table.keeper.begin());
        }
        if (world.plan.faults() > 0 && !active.stopped && !active.dead && random.nextInt(3) > 0) {
            world.restart(active);
        }
    }
}
