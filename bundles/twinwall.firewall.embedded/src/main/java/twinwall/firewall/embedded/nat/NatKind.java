/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.nat;

import twinwall.firewall.embedded.DropReason;
import twinwall.firewall.embedded.packet.Packet;
import twinwall.firewall.embedded.session.Flow;

/**
 * One kind of address translation. It is asked when a session begins, and gives the flow its public source or its real destination; from
 * then on the flow itself says how packets are rewritten. Used under the firewall's lock only.
 */
public interface NatKind {

    /**
     * Whether this kind has a say in the session that the packet would begin. The first kind in the list that has decides.
     *
     * @param fromZone where the packet came in
     * @param flow the ends of the packet, and already the real destination when it is the source's turn
     */
    boolean applies(int fromZone, Packet packet, Flow flow);

    /**
     * Gives the flow its public source ({@link Flow#translate}) or its real destination ({@link Flow#redirect}).
     *
     * @return {@code null} when it has; otherwise why the packet is dropped, and nothing is left behind
     */
    DropReason translate(Packet packet, Flow flow);

    /** Whether sessions whose destination this kind redirects may begin when no rule is about them. Default: no. */
    default boolean opens() {
        return false;
    }

    /** Whether the translation of a session of the peer is of this kind. It is asked in the order of the list. */
    boolean owns(Flow flow);

    /**
     * Whether the entry that the translation of a session depends on is here: a session of the peer is not used before. Asked once it is
     * in the session table. Default: it depends on none, as with NAT servers, PCP and load balancing, whose sessions may lack their
     * entry by right: the server was removed, the mapping's time is over, the table was full.
     */
    default boolean holds(Flow flow) {
        return true;
    }

    /**
     * Whether only the session itself says that its public endpoint is taken: the peer must hear of it before it may hand out the same,
     * though the session is not due. Default: an entry says it that is due before, or the endpoint may be used by several.
     */
    default boolean onlySessionTells(Flow flow) {
        return false;
    }

    /**
     * Whether what the session needs went to another host, when both firewalls had given it away: the session ends. Asked soon after that
     * happened, see {@link twinwall.firewall.embedded.session.ContestLosers}. Default: it does not happen, or sessions end at once.
     */
    default boolean lost(Flow flow) {
        return false;
    }

    /**
     * A session of the peer that is of this kind is about to be put in: what has its public endpoint goes. Default: it has none to itself.
     *
     * @return whether that was this firewall's own
     * @throws twinwall.firewall.EntryRefusedException when this firewall's own keeps it; nothing has changed then
     */
    default boolean makeRoom(Flow flow) {
        return false;
    }

    /**
     * A session that this kind translates is now in the session table, this firewall's own or the peer's; or it was refused after all and
     * {@link #ended} follows at once. Default: nothing.
     */
    default void began(Flow flow) {
    }

    /** A session that this kind translates, and that {@link #began}, is no more in the session table. Default: nothing. */
    default void ended(Flow flow) {
    }
}
