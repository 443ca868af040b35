/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded;

import java.net.InetAddress;
import java.util.OptionalInt;

import org.osgi.annotation.versioning.ProviderType;
import twinwall.firewall.BlacklistEntry.Direction;
import twinwall.firewall.BlacklistEntry.Origin;

/**
 * What people and programs do with the blacklist. A packet that matches an entry is dropped, whether it belongs to a session or not.
 * Addresses are compared with the packet as it comes in, before translation. Methods may be called from any thread.
 */
@ProviderType
public interface Blacklist {

    /**
     * Puts an entry in, or replaces the one with the same direction, address, protocol and port.
     *
     * @param protocol IP protocol number, 0 for any
     * @param port destination port, 0 for any
     * @param reason for people; may be empty
     * @param timeoutSeconds 1 or more; empty: until it is removed
     * @throws IllegalArgumentException when a number is out of range
     * @throws IllegalStateException when the table is full
     */
    void add(Direction direction, InetAddress address, int protocol, int port, Origin origin, String reason, OptionalInt timeoutSeconds);

    /** Puts a manual entry for a source in, for any protocol, until it is removed. */
    default void add(InetAddress source, String reason) {
        add(Direction.SOURCE, source, 0, 0, Origin.MANUAL, reason, OptionalInt.empty());
    }

    /**
     * Takes an entry out.
     *
     * @return whether there was one
     */
    boolean remove(Direction direction, InetAddress address, int protocol, int port);

    /** Takes out the entry that {@link #add(InetAddress, String)} put in. */
    default boolean remove(InetAddress source) {
        return remove(Direction.SOURCE, source, 0, 0);
    }
}
