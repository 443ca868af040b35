/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.trials.failure;

import java.io.IOException;

/** A planned switchover under load: nothing at all may be lost. */
final class Switchover implements Failure {

    @Override
    public String name() {
        return "switchover";
    }

    @Override
    public String about() {
        return "planned switchover under load; nothing is lost, confirmed or not";
    }

    @Override
    public int handovers() {
        return 1;
    }

    @Override
    public void happen(Scene scene) throws IOException, NotAsExpectedException {
        scene.strikes();
        scene.switchOver(scene.active());
        scene.awaitRole(scene.active().other(), "active");
        scene.awaitRole(scene.active(), "standby");
        scene.checkConversations();
    }
}
