/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.nat;

import java.util.List;

import twinwall.firewall.embedded.DropReason;
import twinwall.firewall.embedded.packet.Packet;
import twinwall.firewall.embedded.session.Flow;

/** Every kind of address translation, in the order in which they are asked: first those of the destination, then those of the source. */
public final class NatPolicy {

    private final NatKind[] destinations;
    private final NatKind[] sources;

    /** Each list holds the kinds in the order in which they are asked. */
    public NatPolicy(List<NatKind> destinations, List<NatKind> sources) {
        this.destinations = destinations.toArray(new NatKind[0]);
        this.sources = sources.toArray(new NatKind[0]);
    }

    /** Number of the kind that redirects what the packet would begin, 0 for none. */
    public int destinationKind(int fromZone, Packet packet, Flow flow) {
        return asked(destinations, fromZone, packet, flow);
    }

    /** Whether the kind with that number lets sessions begin that no rule is about. */
    public boolean opens(int destinationKind) {
        return destinationKind > 0 && destinations[destinationKind - 1].opens();
    }

    /**
     * Translates the flow of a session that begins: its destination by the kind that was found, then its source.
     *
     * @return {@code null} when the session may begin; then {@link #began} must be called, or {@link #abandoned} when it does not after all
     */
    public DropReason translate(int fromZone, Packet packet, Flow flow, int destinationKind) {
        if (destinationKind > 0) {
            DropReason refused = destinations[destinationKind - 1].translate(packet, flow);
            if (refused != null) {
                return refused;
            }
            flow.destinationKind = (byte) destinationKind;
        }
        int sourceKind = asked(sources, fromZone, packet, flow);
        if (sourceKind > 0) {
            DropReason refused = sources[sourceKind - 1].translate(packet, flow);
            if (refused != null) {
                abandoned(flow);
                return refused;
            }
            flow.sourceKind = (byte) sourceKind;
        }
        return null;
    }

    private static int asked(NatKind[] kinds, int fromZone, Packet packet, Flow flow) {
        for (int i = 0; i < kinds.length; i++) {
            if (kinds[i].applies(fromZone, packet, flow)) {
                return i + 1;
            }
        }
        return 0;
    }

    /** A flow came from the peer with its translation: finds out which kinds it is of. */
    public void adopt(Flow flow) {
        flow.destinationKind = (byte) (flow.isRedirected() && !(flow.v6 && flow.isCrossed()) ? owner(destinations, flow) : 0);
        flow.sourceKind = (byte) (flow.isTranslated() ? owner(sources, flow) : 0);
    }

    private void adoptAgain(Flow flow) {
        if (flow.destinationKind == 0 && flow.isRedirected() && !(flow.v6 && flow.isCrossed())) {
            flow.destinationKind = (byte) owner(destinations, flow);
            if (flow.destinationKind > 0) {
                destinations[flow.destinationKind - 1].began(flow);
            }
        }
        if (flow.sourceKind == 0 && flow.isTranslated()) {
            flow.sourceKind = (byte) owner(sources, flow);
            if (flow.sourceKind > 0) {
                sources[flow.sourceKind - 1].began(flow);
            }
        }
    }

    private static int owner(NatKind[] kinds, Flow flow) {
        for (int i = 0; i < kinds.length; i++) {
            if (kinds[i].owns(flow)) {
                return i + 1;
            }
        }
        return 0;
    }

    /**
     * Whether every entry is here that the translation of a session of the peer depends on. A session that came before the entry which
     * says what kind it is of is of that kind from now on. One that is still of none goes on, because the NAT server or virtual server
     * that it began with may have been removed since; but not when it has a NAPT mapping: it began with a static mapping that is missing,
     * or with a pool that is unknown here.
     */
    public boolean holds(Flow flow) {
        adoptAgain(flow);
        if (flow.sourceKind == 0 && flow.isTranslated() && flow.isMapping()) {
            return false;
        }
        return (flow.destinationKind == 0 || destinations[flow.destinationKind - 1].holds(flow))
                && (flow.sourceKind == 0 || sources[flow.sourceKind - 1].holds(flow));
    }

    /** Whether only the session itself says that its public endpoint is taken, see {@link NatKind#onlySessionTells}. */
    public boolean onlySessionTells(Flow flow) {
        return flow.destinationKind > 0 && destinations[flow.destinationKind - 1].onlySessionTells(flow)
                || flow.sourceKind > 0 && sources[flow.sourceKind - 1].onlySessionTells(flow);
    }

    /** Whether what the session needs went to another host, see {@link NatKind#lost}. */
    public boolean lost(Flow flow) {
        return flow.sourceKind > 0 && sources[flow.sourceKind - 1].lost(flow);
    }

    /**
     * A session of the peer that was adopted is about to be put in, see {@link NatKind#makeRoom}.
     *
     * @return whether what had its public endpoint was this firewall's own
     */
    public boolean makeRoom(Flow flow) {
        boolean contested = flow.destinationKind > 0 && destinations[flow.destinationKind - 1].makeRoom(flow);
        return flow.sourceKind > 0 && sources[flow.sourceKind - 1].makeRoom(flow) || contested;
    }

    /** The flow is in the table. */
    public void began(Flow flow) {
        if (flow.destinationKind > 0) {
            destinations[flow.destinationKind - 1].began(flow);
        }
        if (flow.sourceKind > 0) {
            sources[flow.sourceKind - 1].began(flow);
        }
    }

    /** A session does not begin after all. The kinds see one that ends at once, so that what they count comes out right. */
    public void abandoned(Flow flow) {
        began(flow);
        ended(flow);
    }

    /** The flow is no more in the table. */
    public void ended(Flow flow) {
        if (flow.destinationKind > 0) {
            destinations[flow.destinationKind - 1].ended(flow);
        }
        if (flow.sourceKind > 0) {
            sources[flow.sourceKind - 1].ended(flow);
        }
    }
}
