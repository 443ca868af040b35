/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.session;

/**
 * Who ends an entry that two firewalls use at the same time, when neither sees the other's packets. Whoever uses an entry tells the peer so
 * when it has not for half of the entry's timeout. So each knows the peer's last use but for that half, and the rule is: an entry ends when
 * it was not used here for its timeout, and the peer's last word of it is twice the timeout old. The firewall that used it last is the
 * first for which both hold, and tells the other.
 */
public final class SharedUse {

    /** There was no word of the peer. */
    public static final long NEVER = Long.MIN_VALUE / 4;

    private SharedUse() {
    }

    /** Whether the peer must be told of a use now. Times are micros. */
    public static boolean tellDue(long now, long told, long timeout) {
        return now - told >= timeout / 2;
    }

    /** How long the entry lives on for the peer's sake, at least; not above 0 when not at all. Times are micros. */
    public static long left(long now, long heard, long timeout) {
        return 2 * timeout - (now - heard);
    }
}
