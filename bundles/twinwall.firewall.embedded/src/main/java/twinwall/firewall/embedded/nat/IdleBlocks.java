/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.nat;

import java.util.ArrayDeque;
import java.util.function.Consumer;
import java.util.function.IntSupplier;

import twinwall.firewall.embedded.session.FirewallTime;

/**
 * Blocks whose last session has ended, the longest idle first. All have the same time, so that a queue does for a timer. A standby lets no
 * time pass for them, and at a takeover it begins anew.
 */
final class IdleBlocks {

    /** Blocks that are looked at while one packet waits. */
    private static final int MOST_AT_ONCE = 256;

    private static final int FEW = 64;

    private final ArrayDeque<Block> queue = new ArrayDeque<>();
    private final FirewallTime time;
    private final long timeoutMicros;
    private final IntSupplier held;
    private final Consumer<Block> over;

    /**
     * Tells which blocks have been idle for the whole time and are still granted.
     *
     * @param held how many blocks are not free
     */
    IdleBlocks(FirewallTime time, long timeoutMicros, IntSupplier held, Consumer<Block> over) {
        this.held = held;
        this.time = time;
        this.timeoutMicros = timeoutMicros;
        this.over = over;
    }

    /** The block is idle from now on. A block waits in one place only, however often that happens. */
    void add(Block block) {
        block.idleSince = time.now();
        if (block.granted && !block.queued) {
            block.queued = true;
            queue.add(block);
            dropOthers();
        }
    }

    /** On a standby nothing is taken from the queue in time: what is not granted any more must not pile up in it. */
    private void dropOthers() {
        if (queue.size() > FEW + 2 * held.getAsInt()) {
            queue.removeIf(block -> {
                block.queued = block.granted;
                return !block.granted;
            });
        }
    }

    /** How many blocks wait. */
    int size() {
        return queue.size();
    }

    void age() {
        for (int i = 0; i < MOST_AT_ONCE && !queue.isEmpty() && time.forwarding() && isOver(queue.peek()); i++) {
            Block block = queue.poll();
            block.queued = false;
            if (block.granted && block.sessions == 0) {
                over.accept(block);
            }
        }
    }

    /** A block that is in use again only holds the others up if it has become idle later than they have. */
    private boolean isOver(Block block) {
        return block.sessions > 0 || !block.granted || time.now() - Math.max(block.idleSince, time.activated()) >= timeoutMicros;
    }
}
