/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.session;

import twinwall.firewall.EntryRefusedException;
import twinwall.firewall.Ip6;

/**
 * Who keeps what two firewalls gave to two different hosts while they did not know of each other. Both judge by addresses and ports alone,
 * so that both judge alike, whichever entry arrives first: the lower host keeps it. What this firewall has not given away itself since it
 * began to forward is not contested: the peer's word is newer.
 */
public final class Contest {

    private static final String REASON = "endpoint-taken";

    private Contest() {
    }

    /** Whether an entry was refused because its host has lost. */
    public static boolean isLost(EntryRefusedException refusal) {
        return refusal.reason().equals(REASON);
    }

    /** Why an entry of the peer is not taken: its host has lost. */
    public static EntryRefusedException lost() {
        return new EntryRefusedException(REASON, "Both firewalls had given the same public endpoint away while neither knew of "
                + "the other. The host with the lower address keeps it on both; the other one gets another when it sends again");
    }

    /** Why an entry of the peer that somebody added there is not taken: one that somebody added here has a lower host. */
    public static EntryRefusedException added(String what) {
        return new EntryRefusedException(REASON, what + ": what was added on both firewalls, while neither knew of the other, "
                + "does not go together. The one with the lower address inside stays on both. Add the other one anew in another way");
    }

    /**
     * Whether what somebody added here goes before what somebody added on the peer, in another table: it has the lower address inside, or
     * else its table sorts first.
     *
     * @param inside lowest address inside
     */
    public static boolean keeps(long inside, String table, long otherInside, String otherTable) {
        return (inside != otherInside ? Long.compareUnsigned(inside, otherInside) : table.compareTo(otherTable)) < 0;
    }

    /**
     * Compares the far ends of two tunnels. The hash by which flows tell them apart does not do, because each process has its own.
     *
     * @return negative when {@code one} is lower; no tunnel, {@code null}, is lower than any
     */
    public static int compare(Ip6 one, Ip6 other) {
        if (one == null || other == null) {
            return (one == null ? 0 : 1) - (other == null ? 0 : 1);
        }
        int high = Long.compareUnsigned(one.high(), other.high());
        return high != 0 ? high : Long.compareUnsigned(one.low(), other.low());
    }

    /** Whether the client of {@code here} is lower than that of {@code other}, or else its session. */
    static boolean keeps(Flow here, Flow other) {
        int tunnel = compare(here.softwire, other.softwire);
        if (tunnel != 0) {
            return tunnel < 0;
        }
        int high = here.softwire != null ? 0 : Long.compareUnsigned(here.clientHigh, other.clientHigh);
        int client = high != 0 ? high : Long.compareUnsigned(here.clientLow, other.clientLow);
        int ports = client != 0 ? client : Integer.compareUnsigned(here.ports, other.ports);
        int serverHigh = ports != 0 ? ports : Long.compareUnsigned(here.serverHigh, other.serverHigh);
        return (serverHigh != 0 ? serverHigh : Long.compareUnsigned(here.serverLow, other.serverLow)) < 0;
    }
}
