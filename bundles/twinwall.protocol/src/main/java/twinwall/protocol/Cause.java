/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.protocol;

import twinwall.link.ProtocolException;

/** Why a firewall hands work to its peer. The order is that on the wire, from 1. */
enum Cause {
    /** An operator asked for it. */
    COMMAND("switchover from "),
    /** Monitored items of this firewall failed. */
    ITEMS("monitored items failed at "),
    /** The peer has recovered and takes its work back. */
    PREEMPTION("preemption, with everything from "),
    /** Both start: the peer gets its share. */
    START("both start: a share from "),
    /** This firewall's process stops. */
    STOP("planned stop of ");

    private final String reason;

    Cause(String reason) {
        this.reason = reason;
    }

    /** The reason for the new role of the one that takes over everything from this peer. */
    String told(String peer) {
        return reason + peer;
    }

    /** The reason for the new role of the one that gets its share. */
    String toldOfShare(String peer) {
        return this == PREEMPTION ? "its share is back from " + peer : reason + peer;
    }

    /** As a hello tells it; 0 stands for none. */
    static int written(Cause open) {
        return open == null ? 0 : open.ordinal() + 1;
    }

    static Cause read(int written) throws ProtocolException {
        if (written > values().length) {
            throw new ProtocolException("bad-hello", "unknown cause " + written);
        }
        return written == 0 ? null : values()[written - 1];
    }
}
