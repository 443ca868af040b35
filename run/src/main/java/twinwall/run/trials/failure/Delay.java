/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.trials.failure;

import java.io.IOException;

import twinwall.run.trials.wiring.Wire;
import twinwall.run.trials.wiring.Wiring;

/** Everything on the heartbeat links takes longer. The roles stay, and backup goes on. */
final class Delay implements Failure {

    private static final int MILLIS = 50;
    private static final int PACKETS = 500;

    @Override
    public String name() {
        return "delay";
    }

    @Override
    public String about() {
        return "all heartbeat links take " + MILLIS + " ms longer each way; roles stay, backup goes on";
    }

    @Override
    public String impossible(Wiring wiring) {
        return wiring.noDelay();
    }

    @Override
    public void happen(Scene scene) throws IOException, NotAsExpectedException {
        scene.strikes();
        for (Wire wire : scene.wires()) {
            wire.delay(MILLIS);
        }
        scene.letPass(PACKETS);
        scene.noMoreConversations();
        scene.await(scene.active(), "active, and its peer in sync in spite of the delay", status -> status.role().equals("active")
                && status.everyTableInSync() && status.atRisk() == 0);
        for (Wire wire : scene.wires()) {
            wire.heal();
        }
    }
}
