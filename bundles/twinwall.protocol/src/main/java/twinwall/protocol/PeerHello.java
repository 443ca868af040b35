/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.protocol;

import java.nio.ByteBuffer;

import twinwall.group.Role;

/**
 * What the peer said of itself in a hello.
 *
 * @param version counts what the sender has said of its role; an older one that comes later, over another link, does not count
 * @param granted why the sender has handed work to the receiver, who may take it now; null when it has not
 * @param configuredPriority with every item working
 * @param failedItems count of monitored items that do not work
 * @param ready the sender would lose nothing that it knows of by taking over
 * @param delivered all tables of the sender are at the receiver
 * @param deaf the sender does not hear the receiver
 * @param aware the sender had heard of the receiver's present role when it said so; not told, but seen from what it had heard
 */
record PeerHello(Role role, long version, Cause granted, int configuredPriority, int failedItems, boolean ready, boolean delivered,
        boolean deaf, boolean aware) {

    /** Flag: ready. */
    static final int READY = 1;
    /** Flag: delivered. */
    static final int DELIVERED = 2;
    /** Flag: deaf. */
    static final int DEAF = 4;
    /** So much does each failed item take from the priority. */
    static final int ITEM_WEIGHT = 2;

    /** The fields of a hello that it tells. */
    void write(ByteBuffer into) {
        into.put((byte) role.ordinal());
        Wire.putNumber(into, version);
        into.put((byte) Cause.written(granted));
        Wire.putNumber(into, configuredPriority);
        Wire.putNumber(into, failedItems);
        into.put((byte) ((ready ? READY : 0) | (delivered ? DELIVERED : 0) | (deaf ? DEAF : 0)));
    }

    /** The one that counts. */
    int priority() {
        return configuredPriority - ITEM_WEIGHT * failedItems;
    }
}
