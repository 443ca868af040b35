/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.session;

import twinwall.firewall.embedded.packet.Packet;
import twinwall.firewall.embedded.packet.Protocols;

/**
 * Later fragments whose first one went through the peer just before it failed. For a short time after a takeover they are given to the
 * session between the same addresses, when there is one and no doubt about the client. The whole table is walked for it, and strangers can
 * cause that: so only a few times in a second, and not more places altogether than a large table has twice.
 */
public final class OrphanFragments {

    private static final long GRACE_MICROS = 30 * Timeouts.SECOND;
    private static final int MOST_WALKS_IN_A_SECOND = 8;
    private static final long MOST_PLACES = 4_000_000;

    private final Sessions sessions;
    private final long mostPlaces;
    private int epoch;
    private long places;
    private long second;
    private int walks;

    public OrphanFragments(Sessions sessions) {
        this(sessions, MOST_PLACES);
    }

    /** Looks at no more places after one takeover. */
    OrphanFragments(Sessions sessions, long mostPlaces) {
        this.sessions = sessions;
        this.mostPlaces = mostPlaces;
    }

    /** Where the fragment goes, or {@code null}. */
    public FragmentTable.Expected adopt(Packet later) {
        FirewallTime time = sessions.time();
        if (epoch != time.epoch()) {
            epoch = time.epoch();
            places = 0;
        }
        if (time.now() - time.activated() > GRACE_MICROS || !mayWalk(time.now())) {
            return null;
        }
        FlowTable table = sessions.table();
        FragmentTable.Expected found = null;
        for (int place = 0; place < table.places(); place++) {
            Flow flow = table.at(place);
            int direction = flow == null || !flow.isSession() || !flow.is(Flow.LOOSE | Flow.PEER) ? -1 : direction(flow, later);
            if (direction < 0) {
                continue;
            }
            if (found != null && (found.flow().clientLow != flow.clientLow || found.flow().clientHigh != flow.clientHigh
                    || found.direction() != direction)) {
                return null;
            }
            found = new FragmentTable.Expected(flow, direction, time.now());
        }
        return found;
    }

    private boolean mayWalk(long now) {
        long table = sessions.table().places();
        if (now / Timeouts.SECOND != second) {
            second = now / Timeouts.SECOND;
            walks = 0;
        }
        if (walks == MOST_WALKS_IN_A_SECOND || places + table > mostPlaces) {
            return false;
        }
        walks++;
        places += table;
        return true;
    }

    private static int direction(Flow flow, Packet later) {
        if (flow.v6 == later.v6 && protocol(flow.protocolNumber(), later)
                && flow.clientLow == later.sourceLow && flow.clientHigh == later.sourceHigh
                && flow.serverLow == later.destinationLow && flow.serverHigh == later.destinationHigh) {
            return 0;
        }
        return flow.farV6() == later.v6 && protocol(flow.farProtocol(), later)
                && flow.farServerLow() == later.sourceLow && flow.farServerHigh() == later.sourceHigh
                && flow.farClientLow() == later.destinationLow && flow.farClientHigh() == later.destinationHigh ? 1 : -1;
    }

    /** Of a later IPv6 fragment the protocol is only the next header, which may be another extension header. */
    private static boolean protocol(int protocol, Packet later) {
        return protocol == later.protocol || later.v6 && later.protocol == Protocols.DESTINATION_OPTIONS;
    }
}
