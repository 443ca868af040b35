/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.session;

import java.util.Optional;

import twinwall.firewall.CrossedEnds;
import twinwall.firewall.Endpoint4;
import twinwall.firewall.Ip4;
import twinwall.firewall.Ip6;
import twinwall.firewall.Ipv4Session;
import twinwall.firewall.Ipv6Session;
import twinwall.firewall.NaptMapping;

/** Makes table entries of flows. */
final class Entries {

    private Entries() {
    }

    static Ipv4Session ipv4(Flow flow, int remainingSeconds) {
        return new Ipv4Session(0, Optional.ofNullable(flow.softwire), flow.protocolNumber(), new Ip4((int) flow.clientLow),
                new Ip4((int) flow.serverLow), flow.ports >>> 16, flow.ports & 0xffff, flow.state(), flow.fromZone, flow.toZone, flow.rule,
                flow.is(Flow.LOCAL), flow.is(Flow.EARLY_SESSION), flow.createdSeconds & 0xffffffffL, flow.windowScales & 0xff, flow.owner(),
                translated(flow), real(flow), realSoftwire(flow), crossed(flow), remainingSeconds, flow.forwardPackets,
                flow.reversePackets, flow.forwardBytes, flow.reverseBytes);
    }

    private static Optional<Ip6> realSoftwire(Flow flow) {
        return flow.far == null || flow.far.v6() ? Optional.empty() : Optional.of(flow.far.softwire());
    }

    private static Optional<CrossedEnds> crossed(Flow flow) {
        return flow.far == null || !flow.far.v6() ? Optional.empty()
                : Optional.of(new CrossedEnds(flow.far.client(), flow.far.server(), flow.realPort));
    }

    static Ipv6Session ipv6(Flow flow, int remainingSeconds) {
        return new Ipv6Session(0, flow.protocolNumber(), new Ip6(flow.clientHigh, flow.clientLow),
                new Ip6(flow.serverHigh, flow.serverLow), flow.ports >>> 16, flow.ports & 0xffff, flow.state(), flow.fromZone, flow.toZone,
                flow.rule, false, flow.is(Flow.EARLY_SESSION), flow.createdSeconds & 0xffffffffL, flow.windowScales & 0xff, flow.owner(),
                translated(flow),
                real(flow), remainingSeconds, flow.forwardPackets, flow.reversePackets, flow.forwardBytes, flow.reverseBytes);
    }

    private static Optional<Endpoint4> translated(Flow flow) {
        return flow.isTranslated() ? Optional.of(new Endpoint4(new Ip4(flow.publicAddress), flow.publicPort)) : Optional.empty();
    }

    private static Optional<Endpoint4> real(Flow flow) {
        boolean ipv4 = flow.isRedirected() && (flow.far == null || !flow.far.v6());
        return ipv4 ? Optional.of(new Endpoint4(new Ip4(flow.realAddress), flow.realPort)) : Optional.empty();
    }

    static NaptMapping mapping(Flow flow, int remainingSeconds) {
        return new NaptMapping(0, flow.protocolNumber(), new Ip4((int) flow.clientLow), flow.ports >>> 16,
                new Ip4((int) flow.serverLow), flow.ports & 0xffff, new Ip4(flow.publicAddress), flow.publicPort, flow.pool, flow.state(),
                false, flow.is(Flow.EARLY_MAPPING), flow.createdSeconds & 0xffffffffL, remainingSeconds);
    }
}
