/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.session;

import java.util.concurrent.locks.Lock;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;

import twinwall.firewall.Ipv4Session;
import twinwall.firewall.Ipv6Session;
import twinwall.firewall.NaptMapping;
import twinwall.firewall.PeerAnswer;
import twinwall.firewall.embedded.table.Watchers;

/**
 * Tells of sessions and of the NAPT mappings they use. A mapping is reported before its session begins and after it has ended, so that the
 * peer never has a session without what it needs. Used under the firewall's lock only.
 */
public final class SessionReports {

    private final Watchers<Ipv4Session> ipv4Watchers;
    private final Watchers<Ipv6Session> ipv6Watchers;
    private final Watchers<NaptMapping> mappingWatchers;
    private final ToIntFunction<Flow> remainingSeconds;

    SessionReports(Lock lock, ToIntFunction<Flow> remainingSeconds) {
        this.remainingSeconds = remainingSeconds;
        ipv4Watchers = new Watchers<>("ipv4-session", lock);
        ipv6Watchers = new Watchers<>("ipv6-session", lock);
        mappingWatchers = new Watchers<>("napt", lock);
    }

    void changed(Flow flow) {
        if (flow.isMapping()) {
            mappingChanged(flow);
        }
        if (flow.v6 && !ipv6Watchers.none()) {
            ipv6Watchers.changed(ipv6(flow));
        } else if (!flow.v6 && !ipv4Watchers.none()) {
            ipv4Watchers.changed(ipv4(flow));
        }
    }

    void mappingChanged(Flow flow) {
        if (!mappingWatchers.none()) {
            mappingWatchers.changed(mapping(flow));
        }
    }

    void removed(Flow flow) {
        if (flow.isSession() && flow.v6 && !ipv6Watchers.none()) {
            ipv6Watchers.removed(ipv6(flow));
        } else if (flow.isSession() && !flow.v6 && !ipv4Watchers.none()) {
            ipv4Watchers.removed(ipv4(flow));
        }
        if (flow.isMapping() && !mappingWatchers.none()) {
            mappingWatchers.removed(mapping(flow));
        }
    }

    /** The entry of an IPv4 session. */
    public Ipv4Session ipv4(Flow flow) {
        return Entries.ipv4(flow, remainingSeconds.applyAsInt(flow));
    }

    /** The entry of an IPv6 session. */
    public Ipv6Session ipv6(Flow flow) {
        return Entries.ipv6(flow, remainingSeconds.applyAsInt(flow));
    }

    /** The entry of a mapping. */
    public NaptMapping mapping(Flow flow) {
        return Entries.mapping(flow, remainingSeconds.applyAsInt(flow));
    }

    /** Who is told whether the peer has the sessions and mappings that this firewall makes. Said once, before the first packet. */
    public void answers(Supplier<PeerAnswer> session, Supplier<PeerAnswer> entry) {
        ipv4Watchers.answers(session);
        ipv6Watchers.answers(session);
        mappingWatchers.answers(entry);
    }

    /** Who hears of IPv4 sessions. */
    public Watchers<Ipv4Session> ipv4Watchers() {
        return ipv4Watchers;
    }

    /** Who hears of IPv6 sessions. */
    public Watchers<Ipv6Session> ipv6Watchers() {
        return ipv6Watchers;
    }

    /** Who hears of mappings. */
    public Watchers<NaptMapping> mappingWatchers() {
        return mappingWatchers;
    }
}
