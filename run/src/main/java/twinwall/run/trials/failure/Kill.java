/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.trials.failure;

import java.io.IOException;

import twinwall.run.trials.wiring.End;

/** SIGKILL of the active firewall. It is started again, so that the next round kills the other one. */
final class Kill implements Failure {

    @Override
    public String name() {
        return "kill";
    }

    @Override
    public String about() {
        return "kill -9 of the active firewall; the peer takes over";
    }

    @Override
    public int handovers() {
        return 1;
    }

    @Override
    public boolean mayLoseUnconfirmed() {
        return true;
    }

    @Override
    public void happen(Scene scene) throws IOException, NotAsExpectedException {
        End killed = scene.active();
        scene.strikes();
        scene.kill(killed);
        scene.awaitRole(killed.other(), "active");
        scene.checkConversations();
        scene.restart(killed);
    }
}
