/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.trials.failure;

import java.io.IOException;

import twinwall.run.trials.wiring.End;
import twinwall.run.trials.wiring.Wire;

/** One direction of one heartbeat link is lost. The roles stay, and backup goes on. */
final class OneWayCut implements Failure {

    private static final int PACKETS = 200;

    @Override
    public String name() {
        return "one-way";
    }

    @Override
    public String about() {
        return "one direction of one heartbeat link is lost; roles stay, backup goes on";
    }

    @Override
    public void happen(Scene scene) throws IOException, NotAsExpectedException {
        Wire broken = scene.wires().get(scene.random().nextInt(scene.wires().size()));
        End from = End.values()[scene.random().nextInt(2)];
        scene.strikes();
        broken.silence(from);
        scene.await(from.other(), "without link " + broken.link(), status -> !Scene.up(status, broken));
        scene.letPass(PACKETS);
        scene.noMoreConversations();
        scene.await(scene.active(), "active, and its peer in sync over the other link", status -> status.role().equals("active")
                && status.everyTableInSync() && status.atRisk() == 0);
        broken.heal();
    }
}
