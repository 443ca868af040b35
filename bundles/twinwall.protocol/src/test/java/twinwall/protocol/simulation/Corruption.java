/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.protocol.simulation;

import twinwall.group.Role;

/** Changes tables behind the engines' backs, and lets them be compared, where a run is to have that. */
final class Corruption {

    private final World world;
    private final boolean on;
    private int count;

    Corruption(World world, boolean on) {
        this.world = world;
        this.on = on;
    }

    void step() {
        if (!on) {
            return;
        }
        SimFirewall some = world.random.nextBoolean() ? world.a : world.b;
        SimTable table = some.tables.get(world.random.nextInt(some.tables.size()));
        for (int i = world.random.nextInt(6); i > 0 && table.walkOne(); i--) {
            // As far as this walk comes.
        }
        if (world.random.nextInt(60) == 0 && world.roles(Role.ACTIVE, Role.STANDBY)) {
            count++;
            table.corrupt();
        }
        if (world.random.nextInt(100) == 0) {
            some.member.check();
        }
    }

    boolean on() {
        return on;
    }

    /** Entries that changed unseen. */
    int count() {
        return count;
    }

    long compareEveryMillis() {
        return on ? 50 : 0;
    }
}
