/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.session;

import java.util.HashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

import twinwall.firewall.CrossedEnds;
import twinwall.firewall.Endpoint4;
import twinwall.firewall.EntryRefusedException;
import twinwall.firewall.Ip4;
import twinwall.firewall.Ipv4Session;
import twinwall.firewall.Ipv6Session;
import twinwall.firewall.NaptMapping;
import twinwall.firewall.SessionOwner;
import twinwall.firewall.SessionState;

/**
 * Puts in and takes out what the peer says, without telling anyone. A flow that stands in the way, because it uses the same ends the other
 * way round or the same public port, goes; unless it is this firewall's own and keeps them, see {@link Contest}. Used under the firewall's
 * lock only.
 */
public final class PeerEntries {

    private static final int MOST_UNKNOWN = 65536;

    private final Sessions sessions;
    private final FlowTable table;
    /** Public addresses of mappings that were refused. */
    private final Set<Integer> unknown = new HashSet<>();

    public PeerEntries(Sessions sessions) {
        this.sessions = sessions;
        this.table = sessions.table();
    }

    /** Puts in or replaces an IPv4 session. */
    public void restore(Ipv4Session entry) {
        try {
            put(entry);
        } catch (EntryRefusedException e) {
            throw refused(e, ends(entry), Flow::isSession, () -> sessions.reports().ipv4Watchers().removed(entry));
        }
    }

    private void put(Ipv4Session entry) {
        onlySystem(entry.vsys());
        Flow ends = ends(entry);
        Flow flow = found(ends);
        translation(entry.translated(), entry.real(), flow, ends);
        farSide(entry, ends);
        flow = kept(flow, ends);
        if (flow == null || !flow.isSession()) {
            requireRoom(sessions.roomForPeerSession());
        }
        flow = placed(flow, ends);
        session(flow, entry.state(), entry.fromZone(), entry.toZone(), entry.rule(), entry.createdSeconds(), entry.windowScales(),
                entry.owner());
        counters(flow, entry.forwardPackets(), entry.reversePackets(), entry.forwardBytes(), entry.reverseBytes());
        flow.set(Flow.EARLY_SESSION, entry.early());
        if (entry.local()) {
            flow.set(Flow.LOCAL);
        }
    }

    /** Puts in or replaces an IPv6 session. */
    public void restore(Ipv6Session entry) {
        try {
            put(entry);
        } catch (EntryRefusedException e) {
            throw refused(e, ends(entry), Flow::isSession, () -> sessions.reports().ipv6Watchers().removed(entry));
        }
    }

    private void put(Ipv6Session entry) {
        onlySystem(entry.vsys());
        Flow ends = ends(entry);
        Flow flow = found(ends);
        translation(entry.translated(), entry.real(), flow, ends);
        if (ends.isTranslated() && ends.isRedirected()) {
            ends.cross();
        }
        flow = kept(flow, ends);
        if (flow == null || !flow.isSession()) {
            requireRoom(sessions.roomForPeerSession());
        }
        flow = placed(flow, ends);
        session(flow, entry.state(), entry.fromZone(), entry.toZone(), entry.rule(), entry.createdSeconds(), entry.windowScales(),
                entry.owner());
        counters(flow, entry.forwardPackets(), entry.reversePackets(), entry.forwardBytes(), entry.reverseBytes());
        flow.set(Flow.EARLY_SESSION, entry.early());
    }

    /** Puts in or replaces a mapping; from now on its public port is taken. */
    public void restore(NaptMapping entry) {
        try {
            put(entry);
        } catch (EntryRefusedException e) {
            throw refused(e, ends(entry), Flow::isMapping, () -> sessions.reports().mappingWatchers().removed(entry));
        }
    }

    private void put(NaptMapping entry) {
        onlySystem(entry.vsys());
        Flow ends = ends(entry);
        Flow flow = found(ends);
        ends.translate(entry.outside().bits(), entry.outsidePort());
        ends.useMapping(entry.pool());
        requirePool(flow, ends);
        if (flow != null && flow.isRedirected()) {
            ends.redirect(flow.realAddress, flow.realPort);
            ends.far = flow.far;
        }
        flow = kept(flow, ends);
        if (flow == null || !flow.isMapping()) {
            requireRoom(sessions.roomForPeerMapping());
        }
        flow = placed(flow, ends);
        flow.pool = (byte) entry.pool();
        if (!flow.isMapping()) {
            flow.set(Flow.MAPPING);
            sessions.countMapping(1);
            tellContested(flow);
        }
        flow.set(Flow.EARLY_MAPPING, entry.early());
        // The peer may use it by a session that it does not tell of.
        flow.heard = Sessions.tenths(sessions.time().now());
        if (!flow.isSession()) {
            flow.state = (byte) entry.sessionState().ordinal();
            flow.createdSeconds = (int) entry.createdSeconds();
            fresh(flow);
        }
    }

    /** What the peer still has was refused for the sake of an own flow: it is told that it is gone, unless it is back by then. */
    private EntryRefusedException refused(EntryRefusedException why, Flow ends, Predicate<Flow> back, Runnable tellGone) {
        if (Contest.isLost(why)) {
            sessions.losers().refused(() -> {
                Flow there = found(ends);
                if (there == null || !back.test(there)) {
                    tellGone.run();
                }
            });
        }
        return why;
    }

    /** Takes out an IPv4 session; its mapping stays until it is forgotten too. */
    public void forget(Ipv4Session key) {
        forgetSession(found(ends(key)));
    }

    /** Takes out an IPv6 session. */
    public void forget(Ipv6Session key) {
        forgetSession(found(ends(key)));
    }

    /** Takes out a mapping; a session that uses it keeps the translation until it ends. */
    public void forget(NaptMapping key) {
        Flow flow = found(ends(key));
        if (flow == null || !flow.isMapping() || sessions.usedHere(flow)) {
            return;
        }
        if (flow.isSession()) {
            flow.clear(Flow.MAPPING);
            sessions.countMapping(-1);
        } else {
            sessions.remove(flow, false);
        }
    }

    private void forgetSession(Flow flow) {
        if (flow == null || !flow.isSession()) {
            return;
        }
        if (sessions.usedHere(flow)) {
            // The peer has not heard of the use yet; the next packet tells it.
            flow.told = 0;
            return;
        }
        if (flow.isMapping()) {
            sessions.count(flow, -1);
            flow.clear(Flow.SESSION);
        } else {
            sessions.remove(flow, false);
        }
    }

    private static Flow ends(int protocol, int source, int destination, int sourcePort, int destinationPort) {
        Flow flow = new Flow();
        flow.protocol = (byte) protocol;
        flow.clientLow = source & 0xffffffffL;
        flow.serverLow = destination & 0xffffffffL;
        flow.ports = sourcePort << 16 | destinationPort & 0xffff;
        return flow;
    }

    private static Flow ends(Ipv4Session entry) {
        Flow flow = ends(entry.protocol(), entry.source().bits(), entry.destination().bits(), entry.sourcePort(), entry.destinationPort());
        if (entry.softwire().isPresent()) {
            flow.softwire = entry.softwire().get();
            flow.clientHigh = Softwire.hash(flow.softwire);
        }
        return flow;
    }

    private static Flow ends(NaptMapping entry) {
        return ends(entry.protocol(), entry.inside().bits(), entry.destination().bits(), entry.insidePort(), entry.destinationPort());
    }

    private static Flow ends(Ipv6Session entry) {
        Flow flow = new Flow();
        flow.v6 = true;
        flow.protocol = (byte) entry.protocol();
        flow.clientHigh = entry.source().high();
        flow.clientLow = entry.source().low();
        flow.serverHigh = entry.destination().high();
        flow.serverLow = entry.destination().low();
        flow.ports = entry.sourcePort() << 16 | entry.destinationPort() & 0xffff;
        return flow;
    }

    /** The flow with the same ends the same way round. */
    private Flow found(Flow ends) {
        Flow flow = forward(ends);
        return flow != null && table.direction() == 0 ? flow : null;
    }

    private Flow forward(Flow ends) {
        return table.findNear(ends);
    }

    private Flow reverse(Flow ends) {
        return table.findFar(ends);
    }

    /** The translation it is to have: the entry's, or else that of the mapping that is there. */
    private static void translation(Optional<Endpoint4> translated, Optional<Endpoint4> real, Flow flow, Flow ends) {
        if (translated.isPresent()) {
            ends.translate(translated.get().address().bits(), translated.get().port());
        } else if (flow != null && flow.isMapping()) {
            ends.translate(flow.publicAddress, flow.publicPort);
        }
        if (real.isPresent()) {
            ends.redirect(real.get().address().bits(), real.get().port());
        }
    }

    private static void farSide(Ipv4Session entry, Flow ends) {
        if (entry.crossed().isPresent()) {
            CrossedEnds crossed = entry.crossed().get();
            ends.crossTo(crossed.source(), crossed.destination(), crossed.destinationPort());
        } else if (entry.real().isPresent() && entry.realSoftwire().isPresent()) {
            ends.far = FarSide.behind(entry.realSoftwire().get(), ends.realAddress);
        }
    }

    /** The flow, if its translation is the wanted one; another one goes, because its places in the table depend on it. */
    private Flow kept(Flow flow, Flow ends) {
        boolean source = flow == null || flow.isTranslated() == ends.isTranslated() && flow.publicAddress == ends.publicAddress
                && flow.publicPort == ends.publicPort;
        if (flow == null || source && flow.isRedirected() == ends.isRedirected() && flow.realAddress == ends.realAddress
                && flow.realPort == ends.realPort && Objects.equals(flow.far, ends.far)) {
            return flow;
        }
        if (source && flow.isMapping()) {
            ends.useMapping(flow.pool);
        }
        sessions.remove(flow, false);
        return null;
    }

    private Flow placed(Flow flow, Flow ends) {
        if (flow != null) {
            return flow;
        }
        sessions.nat().adopt(ends);
        requireKind(ends);
        boolean contested = isContested(forward(ends), ends) | isContested(reverse(ends), ends);
        contested |= sessions.nat().makeRoom(ends);
        removeOther(forward(ends));
        removeOther(reverse(ends));
        ends.set(Flow.PEER);
        sessions.add(ends);
        sessions.losers().cameLate(ends);
        if (contested) {
            ends.set(Flow.CONTESTED);
            sessions.losers().taken(ends);
        }
        return ends;
    }

    /** What leads to another family or through a tunnel is of no use to a firewall that has no such thing. */
    private void requireKind(Flow ends) {
        if (ends.sourceKind == 0 && ends.isTranslated() && unknown.contains(ends.publicAddress)) {
            throw unknownPool(ends);
        }
        if (ends.sourceKind != 0 || ends.destinationKind != 0) {
            return;
        }
        if (ends.isCrossed()) {
            throw new EntryRefusedException("nat64-not-configured", "A session crosses between IPv6 and IPv4 in a way that this firewall's"
                    + " NAT64 does not know. Give both firewalls the same nat64_prefix and nat64_pool.");
        }
        if (ends.softwire != null || ends.far != null) {
            throw new EntryRefusedException("ds-lite-not-configured", "A session comes through an IPv6 tunnel, and this firewall's DS-Lite"
                    + " does not know its public address. Give both firewalls the same dslite_aftr and dslite_pool.");
        }
    }

    /**
     * A mapping must be of {@code napt_pool}, or of a static mapping, which may still come: it says which. A session does not: the NAT
     * server that it began with may be removed since. So one is refused when a mapping has told that its public address is of an unknown
     * pool.
     */
    private void requirePool(Flow there, Flow ends) {
        if (ends.pool != Flow.NAPT_POOL || there != null && there.isMapping()) {
            return;
        }
        sessions.nat().adopt(ends);
        if (ends.sourceKind != 0) {
            return;
        }
        if (unknown.size() < MOST_UNKNOWN) {
            unknown.add(ends.publicAddress);
        }
        if (there != null && there.publicAddress == ends.publicAddress) {
            sessions.remove(there, false);
        }
        throw unknownPool(ends);
    }

    private static EntryRefusedException unknownPool(Flow ends) {
        return new EntryRefusedException("unknown-pool", "A session has the public address " + new Ip4(ends.publicAddress)
                + ", which is not in this firewall's napt_pool. Set it as on the peer");
    }

    private boolean isContested(Flow inTheWay, Flow ends) {
        boolean contested = inTheWay != null && sessions.isOwn(inTheWay);
        if (contested && Contest.keeps(inTheWay, ends)) {
            throw Contest.lost();
        }
        return contested;
    }

    private void removeOther(Flow inTheWay) {
        if (inTheWay != null) {
            sessions.giveUp(inTheWay);
        }
    }

    private void session(Flow flow, SessionState state, int fromZone, int toZone, int rule, long createdSeconds, int windowScales,
            SessionOwner owner) {
        if (flow.isSession()) {
            sessions.count(flow, -1);
        } else {
            tellContested(flow);
        }
        if (flow.createdSeconds != (int) createdSeconds) {
            flow.startOver();
        }
        flow.owner(owner);
        flow.state = (byte) state.ordinal();
        flow.set(Flow.SESSION);
        sessions.count(flow, 1);
        flow.fromZone = (byte) fromZone;
        flow.toZone = (byte) toZone;
        flow.rule = (char) rule;
        flow.createdSeconds = (int) createdSeconds;
        flow.windowScales = (byte) windowScales;
        fresh(flow);
    }

    /** The session of a contested flow has come after its mapping was told, or the other way round. */
    private void tellContested(Flow flow) {
        if (flow.is(Flow.CONTESTED)) {
            sessions.losers().taken(flow);
        }
    }

    /** Each firewall counts what it sees; neither takes back what it has counted. */
    private static void counters(Flow flow, long forwardPackets, long reversePackets, long forwardBytes, long reverseBytes) {
        flow.forwardPackets = Math.max(flow.forwardPackets, forwardPackets);
        flow.reversePackets = Math.max(flow.reversePackets, reversePackets);
        flow.forwardBytes = Math.max(flow.forwardBytes, forwardBytes);
        flow.reverseBytes = Math.max(flow.reverseBytes, reverseBytes);
    }

    private void fresh(Flow flow) {
        flow.learnAgain();
        flow.set(Flow.PEER);
        flow.epoch = sessions.time().epoch();
        flow.lastSeenMicros = sessions.time().now();
        flow.heard = Sessions.tenths(flow.lastSeenMicros);
        sessions.schedule(flow);
    }

    private static void onlySystem(int vsys) {
        if (vsys != 0) {
            throw new EntryRefusedException("unknown-vsys", "virtual system " + vsys + ": this firewall has only 0");
        }
    }

    private static void requireRoom(boolean room) {
        if (!room) {
            throw new IllegalStateException("the table is full");
        }
    }
}
