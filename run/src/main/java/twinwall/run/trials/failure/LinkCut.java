/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.trials.failure;

import java.io.IOException;
import java.util.Random;

import twinwall.run.trials.wiring.End;
import twinwall.run.trials.wiring.Wire;

/** One of the heartbeat links is cut, silently or so that one end notices. The roles stay, and backup goes on over the other link. */
final class LinkCut implements Failure {

    private static final int PACKETS = 200;

    private final boolean running;

    /**
     * A cut.
     *
     * @param running whether it is the link that carries the data
     */
    LinkCut(boolean running) {
        this.running = running;
    }

    @Override
    public String name() {
        return running ? "running-link" : "other-link";
    }

    @Override
    public String about() {
        return (running ? "the running heartbeat link" : "the heartbeat link that is ready") + " is cut; roles stay, backup goes on";
    }

    /** Cuts it in a way that chance chooses. */
    static void cut(Wire wire, Random random) throws IOException {
        switch (random.nextInt(3)) {
            case 0 -> wire.pull(End.A);
            case 1 -> wire.pull(End.B);
            default -> wire.silence();
        }
    }

    @Override
    public void happen(Scene scene) throws IOException, NotAsExpectedException {
        Wire cut = scene.running();
        for (Wire wire : scene.wires()) {
            if (wire == cut != running) {
                cut = wire;
                break;
            }
        }
        Wire broken = cut;
        scene.strikes();
        cut(broken, scene.random());
        for (End end : End.values()) {
            scene.await(end, "without link " + broken.link(), status -> !Scene.up(status, broken));
        }
        scene.letPass(PACKETS);
        scene.noMoreConversations();
        scene.await(scene.active(), "active, and its peer in sync over the other link", status -> status.role().equals("active")
                && status.everyTableInSync() && status.atRisk() == 0);
        broken.heal();
    }
}
