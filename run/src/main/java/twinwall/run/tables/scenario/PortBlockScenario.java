/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.tables.scenario;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

import twinwall.firewall.PortBlocks;
import twinwall.run.pair.PacketPath.Passage;
import twinwall.run.tables.Firewall;
import twinwall.run.tables.Scenario;
import twinwall.run.tables.Tries;

/** Eight blocks of ports, four of them with subscribers. Their first packets are not backed up as sessions; their blocks are. */
public final class PortBlockScenario implements Scenario {

    private static final int SUBSCRIBERS = 4;
    private static final int BLOCKS = 8;
    private static final int FIRST_PORT = 2048;
    private static final int BLOCK_PORTS = 64;
    private static final String SERVER = "198.51.100.35";

    private final List<Integer> blocks = new ArrayList<>();

    @Override
    public String type() {
        return "port-block";
    }

    @Override
    public Class<PortBlocks> entry() {
        return PortBlocks.class;
    }

    @Override
    public String proof() {
        return "each subscriber keeps its block of ports, and nobody else gets it";
    }

    @Override
    public String pair() {
        return "port-blocks";
    }

    @Override
    public Map<String, String> settings() {
        return Map.of("napt_pool", "203.0.113.35", "napt_ports", FIRST_PORT + "-" + (FIRST_PORT + BLOCKS * BLOCK_PORTS - 1),
                "napt_port_blocks", "true", "napt_port_block_size", Integer.toString(BLOCK_PORTS));
    }

    /** Number of the block that a subscriber's packet leaves with a port of; -1 when it is dropped. */
    private static int block(Firewall firewall, String subscriber, int port) throws IOException {
        Passage passage = firewall.send(Firewall.INSIDE, Packets.udp(subscriber, port, SERVER, 53, new byte[4]));
        return passage.forwarded() ? (Packets.sourcePort(passage.frame()) - FIRST_PORT) / BLOCK_PORTS : -1;
    }

    @Override
    public void fill(Firewall a) throws IOException {
        for (int i = 0; i < SUBSCRIBERS; i++) {
            blocks.add(block(a, "10.35.0." + i, 47_000));
            if (blocks.get(i) < 0) {
                throw new IllegalStateException("the packet of subscriber " + i + " was dropped");
            }
        }
    }

    @Override
    public void prove(Firewall b, Tries tries) throws IOException {
        for (int i = SUBSCRIBERS; i < BLOCKS; i++) {
            int got = block(b, "10.35.1." + i, 47_000);
            tries.expect(got >= 0 && !blocks.contains(got), "a new subscriber gets a block that is free");
        }
        tries.expect(block(b, "10.35.2.1", 47_000) < 0, "no block is left for one more");
        for (int i = 0; i < SUBSCRIBERS; i++) {
            tries.expect(block(b, "10.35.0." + i, 47_001) == blocks.get(i), "10.35.0." + i + " uses its own block on");
        }
    }

    @Override
    public void vary(Firewall active, Random random) throws IOException {
        if (block(active, "10.35." + (10 + random.nextInt(4)) + "." + random.nextInt(50), 1024 + random.nextInt(40_000)) < 0) {
            throw new IllegalStateException("a packet was dropped");
        }
    }
}
