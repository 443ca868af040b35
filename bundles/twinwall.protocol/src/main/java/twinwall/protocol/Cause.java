/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.protocol;

import twinwall.link.ProtocolException;

/** Why a firewall hands work to its peer. The order is that on the wire, from 1. */
enum Cause {
    /** An operator asked for it. */
    COMMAND,
    /** Monitored items of this firewall failed. */
    ITEMS,
    /** The peer has recovered and takes its work back. */
    PREEMPTION,
    /** Both start: the peer gets its share. */
    START,
    /** This firewall's process stops. */
    STOP;

    /** As a hello tells it; 0 stands for none. */
    static int written(Cause granted) {
        return granted == null ? 0 : granted.ordinal() + 1;
    }

    static Cause read(int written) throws ProtocolException {
        if (written > values().length) {
            throw new ProtocolException("bad-hello", "unknown cause " + written);
        }
        return written == 0 ? null : values()[written - 1];
    }
}
