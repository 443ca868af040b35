/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded;

import twinwall.firewall.embedded.dslite.DsLite;
import twinwall.firewall.embedded.nat.Translation;
import twinwall.firewall.embedded.nat64.Nat64;
import twinwall.firewall.embedded.packet.Packet;
import twinwall.firewall.embedded.session.Flow;

/** What becomes of a packet whose session lets it pass: it is rewritten, crosses to the other family, or goes into a tunnel. */
final class WayOut {

    private final Nat64 nat64;
    private final DsLite dsLite;
    private boolean answered;

    WayOut(Nat64 nat64, DsLite dsLite) {
        this.nat64 = nat64;
        this.dsLite = dsLite;
    }

    /** Rewrites a packet. Returns {@code null} when the frame holds what goes on, or an answer to the sender: {@link #answered}. */
    DropReason packet(Flow flow, int direction, Packet packet, Frame frame) {
        answered = false;
        if (flow.isCrossed()) {
            DropReason refused = nat64.cross(flow, direction, packet, frame);
            answered = refused != null && nat64.answers(refused, packet, frame);
            return answered ? null : refused;
        }
        Translation.apply(flow, direction, packet);
        closeTunnels(flow, direction, packet, frame);
        return null;
    }

    /** Rewrites an ICMP error about a packet of the flow. */
    DropReason error(Flow flow, int direction, Packet error, Packet quoted, Frame frame) {
        answered = false;
        if (flow.isCrossed()) {
            return nat64.crossError(flow, direction, error, quoted, frame);
        }
        Translation.applyToError(flow, direction, error, quoted);
        closeTunnels(flow, direction, error, frame);
        return null;
    }

    /** Whether what goes on is an answer that leaves where the packet came in. */
    boolean answered() {
        return answered;
    }

    /** Whether packets of the flow go from one client of NAT64 or DS-Lite to another, by its public address (RFC 6146, section 3.8). */
    boolean leadsBack(Flow flow, int direction) {
        return nat64.leadsBack(flow, direction) || dsLite.leadsBack(flow, direction);
    }

    private void closeTunnels(Flow flow, int direction, Packet packet, Frame frame) {
        if (packet.softwire != null || flow.softwireAfter(direction) != null) {
            dsLite.softwires().close(packet, flow.softwireAfter(direction), frame);
        }
    }
}
