/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.lists;

import java.net.InetAddress;
import java.util.Optional;

import twinwall.firewall.BlacklistEntry;
import twinwall.firewall.BlacklistEntry.Direction;
import twinwall.firewall.BlacklistEntry.Origin;
import twinwall.firewall.embedded.packet.Octets;
import twinwall.firewall.embedded.session.Timer;

/** One entry of the blacklist as the packet path sees it. */
final class BlacklistItem extends Timer {

    static final long FOREVER = Long.MAX_VALUE;
    private static final long SECOND = 1_000_000;

    final Direction direction;
    final InetAddress address;
    final boolean v6;
    final long high;
    final long low;
    final int protocol;
    final int port;
    Origin origin;
    String reason;
    Optional<Integer> timeoutSeconds;
    /** When it ends, or, as long as no time is known, how long it holds from the first time on. */
    long deadline;
    boolean waiting;
    int place = -1;
    BlacklistItem next;

    BlacklistItem(Direction direction, InetAddress address, int protocol, int port) {
        this.direction = direction;
        this.address = address;
        this.protocol = protocol;
        this.port = port;
        byte[] octets = address.getAddress();
        this.v6 = octets.length == 16;
        this.high = v6 ? Octets.i64(octets, 0) : 0;
        this.low = v6 ? Octets.i64(octets, 8) : Octets.i32(octets, 0) & 0xffffffffL;
    }

    boolean sameKey(BlacklistItem other) {
        return direction == other.direction && v6 == other.v6 && high == other.high && low == other.low && protocol == other.protocol
                && port == other.port;
    }

    void holds(Origin by, String why, Optional<Integer> seconds, long remainingSeconds, long now, boolean timeKnown) {
        origin = by;
        reason = why;
        timeoutSeconds = seconds;
        waiting = seconds.isPresent() && !timeKnown;
        deadline = seconds.isEmpty() ? FOREVER : (timeKnown ? now : 0) + remainingSeconds * SECOND;
    }

    void timeBegins(long now) {
        if (waiting) {
            waiting = false;
            deadline += now;
        }
    }

    boolean over(long now) {
        return !waiting && deadline <= now;
    }

    long leftMicros(long now) {
        return waiting ? deadline : deadline - now;
    }

    BlacklistEntry entry(long now) {
        long left = deadline == FOREVER ? 0 : Math.max(0, leftMicros(now) + SECOND - 1) / SECOND;
        return new BlacklistEntry(0, direction, address, protocol, port, origin, reason, timeoutSeconds, (int) left);
    }
}
