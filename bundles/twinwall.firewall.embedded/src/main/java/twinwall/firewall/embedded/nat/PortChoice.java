/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.nat;

import twinwall.firewall.embedded.packet.Protocols;
import twinwall.firewall.embedded.session.Flow;
import twinwall.firewall.embedded.session.OwnShare;

/** Which ports of a public address a client may use. Used under the firewall's lock only. */
interface PortChoice {

    /** A port for the session that begins, or an echo identifier; {@link PortPicker#NONE} when there is none on that address. */
    int port(Flow flow, int address);

    /** How many ports of an address are tried at most, about. */
    default int tries() {
        return PortPicker.MOST_TRIES;
    }

    /** Every client may use every port of the range that may be handed out; of ICMP every such identifier. */
    static PortChoice any(PortPicker picker, PortRange ports, OwnShare share) {
        return new PortChoice() {

            @Override
            public int port(Flow flow, int address) {
                PortRange range = share.of(flow.protocolNumber() == Protocols.ICMP ? PortRange.ALL : ports);
                return picker.pick(flow, address, range.first(), range.size());
            }

            @Override
            public int tries() {
                return Math.min(ports.size(), PortPicker.MOST_TRIES);
            }
        };
    }
}
