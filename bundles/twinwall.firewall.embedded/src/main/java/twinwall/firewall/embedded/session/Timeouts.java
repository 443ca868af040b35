/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.session;

import twinwall.firewall.SessionState;
import twinwall.firewall.embedded.FirewallSettings;
import twinwall.firewall.embedded.packet.Protocols;

/** How long a flow lives without a packet, by protocol and state. */
final class Timeouts {

    static final long SECOND = 1_000_000;
    private static final int STATES = SessionState.values().length;

    private final long[] tcp;
    private final long[] udp;
    private final long[] icmp;
    private final long[] sctp;

    Timeouts(FirewallSettings settings) {
        int closing = settings.closingTimeoutSeconds();
        int closed = settings.closedTimeoutSeconds();
        tcp = micros(settings.tcpNewTimeoutSeconds(), settings.tcpAnsweredTimeoutSeconds(), settings.tcpEstablishedTimeoutSeconds(),
                closing, closed);
        udp = micros(settings.udpNewTimeoutSeconds(), settings.udpNewTimeoutSeconds(), settings.udpEstablishedTimeoutSeconds(),
                closing, closed);
        int echo = settings.icmpTimeoutSeconds();
        icmp = micros(echo, echo, echo, closing, closed);
        sctp = micros(settings.sctpNewTimeoutSeconds(), settings.sctpNewTimeoutSeconds(), settings.sctpEstablishedTimeoutSeconds(),
                closing, closed);
    }

    long of(Flow flow) {
        long[] timeouts = switch (flow.protocolNumber()) {
            case Protocols.TCP -> tcp;
            case Protocols.SCTP -> sctp;
            case Protocols.ICMP, Protocols.ICMPV6 -> icmp;
            default -> udp;
        };
        return timeouts[flow.state];
    }

    private static long[] micros(int... seconds) {
        long[] micros = new long[STATES];
        for (int i = 0; i < STATES; i++) {
            micros[i] = seconds[i] * SECOND;
        }
        return micros;
    }
}
