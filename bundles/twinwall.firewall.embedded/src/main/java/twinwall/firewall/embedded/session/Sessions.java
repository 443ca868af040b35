/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.session;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.function.Supplier;

import twinwall.firewall.Ipv4Session;
import twinwall.firewall.Ipv6Session;
import twinwall.firewall.NaptMapping;
import twinwall.firewall.PeerAnswer;
import twinwall.firewall.SessionState;
import twinwall.firewall.embedded.DropReason;
import twinwall.firewall.embedded.FirewallSettings;
import twinwall.firewall.embedded.nat.NatPolicy;
import twinwall.firewall.embedded.packet.IcmpKind;
import twinwall.firewall.embedded.packet.Packet;
import twinwall.firewall.embedded.packet.Protocols;
import twinwall.firewall.embedded.table.Watchers;

/**
 * The life of sessions and of the NAPT mappings they use: begin, move from state to state, age, end; and who is told. A mapping is
 * reported before its session begins and after it has ended, so that the peer never has a session without what it needs. Used under the
 * firewall's lock only.
 */
public final class Sessions {

    /**
     * How many times as many entries of the peer are taken as a table holds by itself: the peer's new entries come before the removal of
     * those that it has no more, which may be as many again.
     */
    public static final int PEER_SHARE = 2;

    private static final int ESTABLISHED = SessionState.ESTABLISHED.ordinal();
    private static final int ANSWERED = SessionState.ANSWERED.ordinal();
    /** Sessions that may time out while one packet waits. */
    private static final int MOST_PER_TICK = 4096;

    private final Watchers<Ipv4Session> ipv4Watchers;
    private final Watchers<Ipv6Session> ipv6Watchers;
    private final Watchers<NaptMapping> mappingWatchers;
    private final FlowTable table = new FlowTable();
    private final TimerWheel wheel = new TimerWheel(timer -> due((Flow) timer));
    private final TcpTracker tcp = new TcpTracker();
    private final SctpTracker sctp = new SctpTracker();
    private final FirewallTime time;
    private final Timeouts timeouts;
    private final List<Flow> taken = new ArrayList<>();
    private final int maxSessions;
    private final int maxHalfOpen;
    private final int maxMappings;

    private int ipv4Count;
    private int ipv6Count;
    private int mappingCount;
    private int halfOpenCount;
    private boolean overdue;
    private NatPolicy nat = new NatPolicy(List.of(), List.of());

    public Sessions(FirewallSettings settings, FirewallTime time, Lock lock) {
        this.time = time;
        this.timeouts = new Timeouts(settings);
        this.maxSessions = settings.maxSessions();
        this.maxHalfOpen = settings.maxHalfOpen();
        this.maxMappings = settings.maxNaptMappings();
        this.ipv4Watchers = new Watchers<>("ipv4-session", lock);
        this.ipv6Watchers = new Watchers<>("ipv6-session", lock);
        this.mappingWatchers = new Watchers<>("napt", lock);
    }

    /** The flow of a packet, or {@code null}; {@link FlowTable#direction} tells which way. What has timed out is not found. */
    public Flow find(Packet packet) {
        Flow flow = table.find(packet);
        if (flow != null && timedOut(flow)) {
            remove(flow, true);
            return null;
        }
        return flow;
    }

    /** The flow of a packet that an ICMP error quotes, or {@code null}; the direction is the error's own. */
    public Flow findQuoted(Packet quoted) {
        Flow flow = table.findQuoted(quoted);
        return flow == null || timedOut(flow) ? null : flow;
    }

    /** Whether the packet may begin a session, as far as its protocol goes: of TCP a SYN only, of ICMP an echo request, of SCTP an INIT. */
    public boolean mayBegin(Packet packet) {
        return switch (packet.protocol) {
            case Protocols.TCP -> packet.has(Packet.SYN) && !packet.has(Packet.ACK);
            case Protocols.SCTP -> sctp.begins(packet);
            case Protocols.ICMP, Protocols.ICMPV6 -> packet.icmpKind == null || packet.icmpKind == IcmpKind.ECHO;
            default -> true;
        };
    }

    /** Whether the packet begins a new session between the ends of one that has ended. */
    public boolean beginsAnew(Flow flow, Packet packet) {
        return switch (flow.protocolNumber()) {
            case Protocols.TCP -> tcp.beginsAnew(flow, packet);
            case Protocols.SCTP -> sctp.beginsAnew(flow, packet);
            default -> false;
        };
    }

    /** Every kind of address translation. Said once, before the first packet. */
    public void translateBy(NatPolicy policy) {
        nat = policy;
    }

    /** Every kind of address translation. */
    public NatPolicy nat() {
        return nat;
    }

    /**
     * The flow of a session that the packet would begin: its ends, nothing else.
     *
     * @param mapping its mapping, when one came from the peer before
     */
    public Flow prepare(Flow mapping, Packet packet) {
        if (mapping != null) {
            return mapping;
        }
        Flow flow = new Flow();
        ends(flow, packet);
        return flow;
    }

    /**
     * Begins a session.
     *
     * @param flow what {@link #prepare} gave
     * @param destinationKind what redirects it, see {@link NatPolicy#destinationKind}
     * @return {@code null} when it has begun
     */
    public DropReason begin(Flow flow, int destinationKind, Packet packet, int fromZone, int toZone, int rule) {
        boolean handshake = hasHandshake(packet.protocol);
        if (ipv4Count + ipv6Count >= maxSessions || handshake && halfOpenCount >= maxHalfOpen) {
            return DropReason.TABLE_FULL;
        }
        if (table.holds(flow)) {
            flow.startOver();
        } else {
            DropReason refused = place(flow, destinationKind, packet, fromZone);
            if (refused != null) {
                return refused;
            }
        }
        flow.fromZone = (byte) fromZone;
        flow.toZone = (byte) toZone;
        flow.rule = (char) rule;
        flow.createdSeconds = (int) (time.now() / Timeouts.SECOND);
        flow.epoch = time.epoch();
        flow.set(Flow.SESSION);
        if (packet.protocol == Protocols.TCP) {
            tcp.begin(flow, packet);
        } else if (packet.protocol == Protocols.SCTP) {
            sctp.begin(flow, packet);
        }
        count(flow, 1);
        seen(flow, 0, packet);
        schedule(flow);
        report(flow);
        return null;
    }

    private DropReason place(Flow flow, int destinationKind, Packet packet, int fromZone) {
        DropReason refused = nat.translate(fromZone, packet, flow, destinationKind);
        if (refused != null) {
            return refused;
        }
        if (!table.isFree(flow)) {
            nat.abandoned(flow);
            return DropReason.AMBIGUOUS;
        }
        add(flow);
        return null;
    }

    /** Puts a flow into the table. */
    void add(Flow flow) {
        table.add(flow);
        if (flow.isMapping()) {
            mappingCount++;
        }
        nat.began(flow);
    }

    private static void ends(Flow flow, Packet packet) {
        flow.v6 = packet.v6;
        flow.protocol = (byte) packet.protocol;
        flow.clientHigh = packet.sourceHigh;
        flow.clientLow = packet.sourceLow;
        flow.serverHigh = packet.destinationHigh;
        flow.serverLow = packet.destinationLow;
        flow.ports = packet.ports;
        flow.softwire = packet.softwire;
    }

    /** A packet of a session. Returns {@code null} when it goes on. */
    public DropReason follow(Flow flow, int direction, Packet packet) {
        if (flow.epoch != time.epoch()) {
            flow.epoch = time.epoch();
            flow.learnAgain();
        }
        if (packet.protocol == Protocols.TCP && tcp.acceptsAnew(flow, direction, packet)) {
            beginAgain(flow);
        }
        if (time.sharing() && direction == 0 && answeredElsewhere(flow, packet)) {
            flow.set(Flow.LOOSE);
        }
        int before = flow.state;
        DropReason reason = switch (packet.protocol) {
            case Protocols.TCP -> tcp.track(flow, direction, packet);
            case Protocols.SCTP -> sctp.track(flow, direction, packet);
            default -> plain(flow, direction);
        };
        if (reason == null) {
            seen(flow, direction, packet);
            if (flow.state != before) {
                moved(flow, before);
            }
        }
        return reason;
    }

    /** The server's answer has come through the peer, and the peer's word of it has not come yet: the client's next packet tells. */
    private boolean answeredElsewhere(Flow flow, Packet packet) {
        return switch (packet.protocol) {
            case Protocols.TCP -> tcp.answeredElsewhere(flow, packet);
            case Protocols.SCTP -> sctp.answeredElsewhere(flow, packet);
            default -> false;
        };
    }

    private static DropReason plain(Flow flow, int direction) {
        if (direction == 0) {
            flow.state = (byte) ESTABLISHED;
        } else if (flow.state < ANSWERED) {
            flow.state = (byte) ANSWERED;
        }
        return null;
    }

    private void beginAgain(Flow flow) {
        reportRemoved(flow);
        int before = flow.state;
        tcp.beginAgain(flow);
        flow.createdSeconds = (int) (time.now() / Timeouts.SECOND);
        moved(flow, before);
    }

    private void moved(Flow flow, int before) {
        if (hasHandshake(flow.protocolNumber())) {
            halfOpenCount += (flow.state < ESTABLISHED ? 1 : 0) - (before < ESTABLISHED ? 1 : 0);
        }
        schedule(flow);
        report(flow);
    }

    /** Counts a packet and lets the session live on. */
    public void seen(Flow flow, int direction, Packet packet) {
        flow.lastSeenMicros = time.now();
        flow.clear(Flow.PEER);
        if (direction == 0) {
            flow.forwardPackets++;
            flow.forwardBytes += packet.ipLength();
        } else {
            flow.reversePackets++;
            flow.reverseBytes += packet.ipLength();
        }
    }

    /** Takes a flow out, session and mapping. */
    public void remove(Flow flow, boolean report) {
        if (report) {
            reportRemoved(flow);
        }
        if (flow.isSession()) {
            count(flow, -1);
        }
        if (flow.isMapping()) {
            mappingCount--;
        }
        table.remove(flow);
        wheel.cancel(flow);
        nat.ended(flow);
    }

    /** Whether a packet of it was seen here since this firewall began to forward: it is not only what the peer has said. */
    public boolean isOwn(Flow flow) {
        return time.forwarding() && !flow.is(Flow.PEER) && flow.epoch == time.epoch();
    }

    /** Takes a flow out that is in the way of what the peer says; the peer is told when it was this firewall's own. */
    public void giveUp(Flow flow) {
        remove(flow, isOwn(flow));
    }

    /** A flow was taken from the peer in place of an own one: the peer, which may have given it up already, is told of it soon. */
    void taken(Flow flow) {
        taken.add(flow);
    }

    private void tellTaken() {
        for (Flow flow : taken) {
            if (table.holds(flow) && flow.isSession()) {
                report(flow);
            } else if (table.holds(flow) && !mappingWatchers.none()) {
                mappingWatchers.changed(mapping(flow));
            }
        }
        taken.clear();
    }

    /** Ages the sessions by that many ticks, and ends those whose time is over. */
    public void age(long ticks) {
        if (!taken.isEmpty()) {
            tellTaken();
        }
        if (ticks > 0 || overdue) {
            wheel.pass(ticks);
            overdue = wheel.fire(MOST_PER_TICK);
        }
    }

    private void due(Flow flow) {
        if (!time.forwarding() || livesOnByPeer(flow)) {
            schedule(flow);
        } else if (timedOut(flow)) {
            remove(flow, true);
        } else {
            long left = timeouts.of(flow) - age(flow);
            wheel.schedule(flow, (left + FirewallTime.TICK_MICROS - 1) / FirewallTime.TICK_MICROS);
        }
    }

    private boolean timedOut(Flow flow) {
        return age(flow) >= timeouts.of(flow) && time.forwarding() && !livesOnByPeer(flow);
    }

    /** In load balancing the peer's sessions end when the peer says so; when the peer is gone, this one's own epoch begins. */
    private boolean livesOnByPeer(Flow flow) {
        return flow.is(Flow.PEER) && time.sharing() && flow.epoch == time.epoch();
    }

    private long age(Flow flow) {
        return time.now() - Math.max(flow.lastSeenMicros, time.activated());
    }

    int remainingSeconds(Flow flow) {
        long timeout = timeouts.of(flow);
        long left = time.forwarding() ? timeout - age(flow) : timeout;
        return (int) Math.max(0, Math.min(timeout, left) / Timeouts.SECOND);
    }

    void schedule(Flow flow) {
        wheel.schedule(flow, timeouts.of(flow) / FirewallTime.TICK_MICROS);
    }

    /** Keeps the numbers of entries: +1 for a session that came, -1 for one that goes. */
    void count(Flow flow, int change) {
        if (flow.v6) {
            ipv6Count += change;
        } else {
            ipv4Count += change;
        }
        if (hasHandshake(flow.protocolNumber()) && flow.state < ESTABLISHED) {
            halfOpenCount += change;
        }
    }

    void countMapping(int change) {
        mappingCount += change;
    }

    /** Whether another session of the peer fits in. */
    boolean roomForPeerSession() {
        return ipv4Count + ipv6Count < (long) maxSessions * PEER_SHARE;
    }

    /** Whether another NAPT mapping of the peer fits in. */
    boolean roomForPeerMapping() {
        return mappingCount < (long) maxMappings * PEER_SHARE;
    }

    /** Whether another NAPT mapping fits in. */
    public boolean roomForMapping() {
        return mappingCount < maxMappings;
    }

    private static boolean hasHandshake(int protocol) {
        return protocol == Protocols.TCP || protocol == Protocols.SCTP;
    }

    private void report(Flow flow) {
        if (flow.isMapping() && !mappingWatchers.none()) {
            mappingWatchers.changed(mapping(flow));
        }
        if (flow.v6 && !ipv6Watchers.none()) {
            ipv6Watchers.changed(ipv6(flow));
        } else if (!flow.v6 && !ipv4Watchers.none()) {
            ipv4Watchers.changed(ipv4(flow));
        }
    }

    private void reportRemoved(Flow flow) {
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
        return Entries.ipv4(flow, remainingSeconds(flow));
    }

    /** The entry of an IPv6 session. */
    public Ipv6Session ipv6(Flow flow) {
        return Entries.ipv6(flow, remainingSeconds(flow));
    }

    /** The entry of a mapping. */
    public NaptMapping mapping(Flow flow) {
        return Entries.mapping(flow, remainingSeconds(flow));
    }

    /** Who is told whether the peer has the sessions and mappings that this firewall makes. Said once, before the first packet. */
    public void answers(Supplier<PeerAnswer> session, Supplier<PeerAnswer> entry) {
        ipv4Watchers.answers(session);
        ipv6Watchers.answers(session);
        mappingWatchers.answers(entry);
    }

    /** Where flows are found. */
    public FlowTable table() {
        return table;
    }

    FirewallTime time() {
        return time;
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

    /** IPv4 sessions now. */
    public int ipv4Count() {
        return ipv4Count;
    }

    /** IPv6 sessions now. */
    public int ipv6Count() {
        return ipv6Count;
    }

    /** NAPT mappings now. */
    public int mappingCount() {
        return mappingCount;
    }

    /** Sessions whose handshake is not complete. */
    public int halfOpenCount() {
        return halfOpenCount;
    }
}
