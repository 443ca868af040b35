/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.nat64;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import twinwall.firewall.embedded.session.Flow;
import twinwall.firewall.embedded.table.AddressKey;

/** Which IPv4 hosts there are sessions with, by binding: what address-dependent filtering asks for. As large as the sessions are many. */
final class Remotes {

    private final Map<AddressKey, Integer> sessions = new HashMap<>();
    private final Set<Flow> counted = new HashSet<>();

    /** Whether a session by the binding with that public endpoint goes to, or came from, the host. */
    boolean contain(AddressKey outside, long host) {
        return sessions.containsKey(key(outside, host));
    }

    void began(AddressKey outside, Flow flow) {
        counted.add(flow);
        sessions.merge(key(outside, host(flow)), 1, Integer::sum);
    }

    /** The session is gone; one that never began changes nothing. */
    void ended(AddressKey outside, Flow flow) {
        if (counted.remove(flow)) {
            sessions.computeIfPresent(key(outside, host(flow)), (key, count) -> count == 1 ? null : count - 1);
        }
    }

    private static long host(Flow flow) {
        return flow.v6 ? flow.farServerLow() : flow.clientLow;
    }

    private static AddressKey key(AddressKey outside, long host) {
        return new AddressKey(host, outside.low(), outside.more());
    }
}
