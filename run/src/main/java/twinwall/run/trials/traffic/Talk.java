/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.trials.traffic;

import java.io.IOException;

import twinwall.run.pair.PacketPath;

/** A conversation of two hosts through the firewalls, whose session is due for backup. For one thread. */
interface Talk {

    /** Packets go both ways, and arrive as they should. False as soon as one does not. */
    boolean goesOn(PacketPath firewalls) throws IOException;

    /** Ends it, as far as its protocol can say so. */
    void finish(PacketPath firewalls) throws IOException;
}
