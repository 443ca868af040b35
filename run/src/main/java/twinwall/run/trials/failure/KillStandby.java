/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.trials.failure;

import java.io.IOException;

import twinwall.run.trials.wiring.End;

/** SIGKILL of the standby firewall. Nothing is lost; it comes back with empty tables and is given all of them under load. */
final class KillStandby implements Failure {

    private static final int PACKETS = 200;

    @Override
    public String name() {
        return "kill-standby";
    }

    @Override
    public String about() {
        return "kill -9 of the standby firewall; it comes back empty and is given every table under load";
    }

    @Override
    public void happen(Scene scene) throws IOException, NotAsExpectedException {
        End killed = scene.active().other();
        scene.strikes();
        scene.kill(killed);
        scene.letPass(PACKETS);
        scene.restart(killed);
        scene.await(killed, "standby again, with every table", status -> status.role().equals("standby") && status.ready());
    }
}
