/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.protocol;

import java.nio.ByteBuffer;

import twinwall.group.Role;
import twinwall.link.ProtocolException;

/**
 * What a firewall says of itself in a hello.
 *
 * @param version counts how often what is said here has changed; a hello with an older one has come over a slower link and does not count
 * @param role the sender's
 * @param grant counts what the sender has granted to the receiver
 * @param cause why, while the last grant is open: the receiver may take what was handed over; null when none is
 * @param taken the last of the receiver's grants that the sender has taken, or that is void for it; 0 for none
 * @param configuredPriority with every item working
 * @param failedItems count of monitored items that do not work
 * @param ready the sender would lose nothing that it knows of by taking over
 * @param delivered all tables of the sender are at the receiver
 * @param deaf the sender does not hear the receiver
 * @param aware the sender had heard of the receiver's present role when it said so; not told, but seen from what it had heard
 */
record PeerHello(long version, Role role, long grant, Cause cause, long taken, int configuredPriority, int failedItems,
        boolean ready, boolean delivered, boolean deaf, boolean aware) {

    /** So much does each failed item take from the priority. */
    static final int ITEM_WEIGHT = 2;

    private static final int READY = 1;
    private static final int DELIVERED = 2;
    private static final int DEAF = 4;

    /** The one that counts. */
    int priority() {
        return configuredPriority - ITEM_WEIGHT * failedItems;
    }

    /** The same, but for the version. */
    boolean saysTheSame(PeerHello other) {
        return other != null && equals(other.as(version));
    }

    PeerHello as(long otherVersion) {
        return new PeerHello(otherVersion, role, grant, cause, taken, configuredPriority, failedItems, ready, delivered, deaf,
                aware);
    }

    void write(ByteBuffer into) {
        Wire.putNumber(into, version);
        into.put((byte) role.ordinal());
        Wire.putNumber(into, grant);
        into.put((byte) Cause.written(cause));
        Wire.putNumber(into, taken);
        Wire.putNumber(into, configuredPriority);
        Wire.putNumber(into, failedItems);
        into.put((byte) ((ready ? READY : 0) | (delivered ? DELIVERED : 0) | (deaf ? DEAF : 0)));
    }

    static PeerHello read(ByteBuffer from, boolean aware) throws ProtocolException {
        long version = Wire.number(from);
        int role = Wire.octet(from);
        if (role >= Role.values().length) {
            throw new ProtocolException("bad-hello", "unknown role " + role);
        }
        long grant = Wire.number(from);
        Cause cause = Cause.read(Wire.octet(from));
        long taken = Wire.number(from);
        int priority = Wire.number(from, 1_000_000, "priority");
        int failedItems = Wire.number(from, Limits.ITEMS, "count of failed items");
        int flags = Wire.octet(from);
        return new PeerHello(version, Role.values()[role], grant, cause, taken, priority, failedItems, (flags & READY) != 0,
                (flags & DELIVERED) != 0, (flags & DEAF) != 0, aware);
    }
}
