/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.tables.scenario;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

import twinwall.run.pair.PacketPath;

/** Conversations of a load: when there are many, the oldest one ends. */
final class Conversations {

    private static final int MOST = 20;

    private final Deque<Conversation> open = new ArrayDeque<>();

    /** One more. */
    void add(PacketPath firewall, Conversation opened) throws IOException {
        open.add(opened);
        if (open.size() > MOST) {
            open.remove().finish(firewall);
        }
    }
}
