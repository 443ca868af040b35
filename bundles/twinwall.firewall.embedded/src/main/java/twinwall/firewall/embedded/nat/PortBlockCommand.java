/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.nat;

import java.util.Map;
import java.util.concurrent.locks.Lock;

import twinwall.firewall.FirewallCommand;

/** Tells people how far the blocks of ports are used up. */
final class PortBlockCommand implements FirewallCommand {

    private final PortBlockChoice blocks;
    private final Lock lock;

    PortBlockCommand(PortBlockChoice blocks, Lock lock) {
        this.blocks = blocks;
        this.lock = lock;
    }

    @Override
    public String name() {
        return PortBlockTable.TYPE;
    }

    @Override
    public Map<String, String> verbs() {
        return Map.of("usage", "how many blocks there are, how many are allocated, and how many subscribers run out of ports");
    }

    @Override
    public Map<String, Object> run(String verb, Map<String, String> arguments) {
        if (!verb.equals("usage")) {
            throw new IllegalArgumentException("port-block: verb must be usage, unlike " + verb);
        }
        lock.lock();
        try {
            return Map.of("blocks", blocks.blocks(), "allocated", blocks.blocksHeld(), "poolAlarm", blocks.poolAlarm(),
                    "subscribers", blocks.table().size(), "subscribersNearEnd", blocks.subscribersNearEnd());
        } finally {
            lock.unlock();
        }
    }
}
