/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.trials.failure;

import java.io.IOException;

import twinwall.run.trials.wiring.End;
import twinwall.run.trials.wiring.Wire;
import twinwall.run.trials.wiring.Wiring;

/**
 * One direction of every heartbeat link is lost. While what the other firewall says arrives, one is active soon, and not two. Where packets
 * are lost, TCP stops in the other direction too, as nothing is acknowledged: then both may be active, as when all links are cut.
 */
final class OneWayCutOfAll implements Failure {

    private static final int SILENCES = 4;

    private final boolean packets;

    /**
     * A cut.
     *
     * @param packets whether packets are lost, acknowledgements too; else only what they carry
     */
    OneWayCutOfAll(boolean packets) {
        this.packets = packets;
    }

    @Override
    public String name() {
        return packets ? "one-way-all" : "deaf";
    }

    @Override
    public String about() {
        return packets ? "packets of one direction of every heartbeat link are lost; TCP stops both ways, so both may be active"
                : "one firewall does not hear the other, which hears it; soon one is active, not two";
    }

    @Override
    public int handovers() {
        // The one that is not heard goes on for a hello interval, until it is sure that the other one has taken over.
        return -1;
    }

    @Override
    public boolean mayLoseUnconfirmed() {
        return true;
    }

    @Override
    public String impossible(Wiring wiring) {
        return packets || !wiring.losesPackets() ? null : "its cables lose acknowledgements too";
    }

    @Override
    public void happen(Scene scene) throws IOException, NotAsExpectedException {
        End from = End.values()[scene.random().nextInt(2)];
        scene.strikes();
        for (Wire wire : scene.wires()) {
            wire.silence(from);
        }
        for (Wire wire : scene.wires()) {
            scene.await(from.other(), "without link " + wire.link(), status -> !Scene.up(status, wire));
        }
        scene.letPassMillis(SILENCES * scene.silenceMillis());
        boolean a = scene.status(End.A).role().equals("active");
        boolean b = scene.status(End.B).role().equals("active");
        scene.expect(packets ? a || b : a != b, a ? "both firewalls were active" : "no firewall was active");
        for (Wire wire : scene.wires()) {
            wire.heal();
        }
    }
}
