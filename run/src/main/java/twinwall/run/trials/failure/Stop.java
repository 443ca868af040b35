/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.trials.failure;

import java.io.IOException;

import twinwall.run.trials.wiring.End;

/**
 * SIGSTOP of the active firewall, until long after its peer has taken over, then SIGCONT. Packets wait in front of it all the time: none
 * may leave by its old role.
 */
final class Stop implements Failure {

    @Override
    public String name() {
        return "stop";
    }

    @Override
    public String about() {
        return "SIGSTOP of the active firewall, SIGCONT later; it forwards nothing by its old role";
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
        End stopped = scene.active();
        scene.strikes();
        long began = System.nanoTime();
        scene.pause(stopped);
        try {
            scene.awaitRole(stopped.other(), "active");
            scene.checkConversations();
            scene.letPassMillis(scene.stopMillis() - (System.nanoTime() - began) / 1_000_000);
        } finally {
            scene.resume(stopped);
        }
        scene.awaitRole(stopped, "standby");
        scene.expect(scene.status(stopped.other()).role().equals("active"), "the one that took over is not active any more");
    }
}
