/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded;

import java.net.InetAddress;
import java.util.OptionalInt;

import org.osgi.annotation.versioning.ProviderType;
import twinwall.firewall.BlacklistEntry.Direction;

/**
 * What people and programs do with the whitelist. A packet that matches an entry passes the blacklist, and is not counted as a refusal when
 * scans are looked for. It is no rule: whether the packet may begin a session, and whether it fits the one it belongs to, is asked all the
 * same. Addresses are compared with the packet as it comes in, before translation; an entry with a port does not match later fragments,
 * which have none. Methods may be called from any thread.
 */
@ProviderType
public interface Whitelist {

    /**
     * Puts an entry in, or replaces the one with the same direction, address, protocol and port.
     *
     * @param protocol IP protocol number, 0 for any
     * @param port destination port, 0 for any
     * @param reason for people; may be empty; at most 200 characters
     * @param timeoutSeconds 1 or more; empty: until it is removed
     * @throws IllegalArgumentException when a number is out of range
     * @throws IllegalStateException when the table is full
     */
    void add(Direction direction, InetAddress address, int protocol, int port, String reason, OptionalInt timeoutSeconds);

    /**
     * Takes an entry out.
     *
     * @return whether there was one
     */
    boolean remove(Direction direction, InetAddress address, int protocol, int port);
}
