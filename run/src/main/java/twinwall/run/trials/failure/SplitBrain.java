/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.trials.failure;

import java.io.IOException;

import twinwall.run.trials.wiring.Wire;

/** All heartbeat links are cut and both firewalls live: both are active. Once healed one yields, and the tables become equal. */
final class SplitBrain implements Failure {

    private static final int PACKETS = 200;

    @Override
    public String name() {
        return "split-brain";
    }

    @Override
    public String about() {
        return "all heartbeat links are cut, so both are active; healed, one yields and the tables become equal";
    }

    @Override
    public int handovers() {
        return -1;
    }

    @Override
    public boolean mayLoseUnconfirmed() {
        return true;
    }

    @Override
    public void happen(Scene scene) throws IOException, NotAsExpectedException {
        scene.strikes();
        for (Wire wire : scene.wires()) {
            LinkCut.cut(wire, scene.random());
        }
        scene.awaitRole(scene.active().other(), "active");
        scene.awaitRole(scene.active(), "active");
        scene.letPass(PACKETS);
        for (Wire wire : scene.wires()) {
            wire.heal();
        }
    }
}
