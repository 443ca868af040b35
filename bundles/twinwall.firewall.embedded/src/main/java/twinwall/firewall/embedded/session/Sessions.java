/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.session;

import java.util.List;
import java.util.concurrent.locks.Lock;

import twinwall.firewall.SessionState;
import twinwall.firewall.embedded.DropReason;
import twinwall.firewall.embedded.FirewallSettings;
import twinwall.firewall.embedded.nat.NatPolicy;
import twinwall.firewall.embedded.packet.IcmpKind;
import twinwall.firewall.embedded.packet.Packet;
import twinwall.firewall.embedded.packet.Protocols;

/**
 * The life of sessions and of the NAPT mappings they use: begin, move from state to state, age, end; and {@link
 * SessionReports who is told}. Used under the firewall's lock only.
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

    private final SessionReports reports;
    private final FlowTable table = new FlowTable();
    private final TimerWheel wheel = new TimerWheel(timer -> due((Flow) timer));
    private final TcpTracker tcp = new TcpTracker();
    private final SctpTracker sctp = new SctpTracker();
    private final FirewallTime time;
    private final Timeouts timeouts;
    private final ContestLosers losers = new ContestLosers(this);
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
        this.reports = new SessionReports(lock, this::remainingSeconds);
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
        flow.owner(time.self());
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
        boolean takes = false;
        if (flow.epoch != time.epoch()) {
            flow.epoch = time.epoch();
            flow.learnAgain();
            takes = !time.sharing() && flow.owner() != time.self();
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
            if (takes) {
                flow.owner(time.self());
            }
            if (flow.state != before) {
                moved(flow, before);
            } else if (takes) {
                report(flow);
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

    static DropReason plain(Flow flow, int direction) {
        if (direction == 0) {
            flow.state = (byte) ESTABLISHED;
        } else if (flow.state < ANSWERED) {
            flow.state = (byte) ANSWERED;
        }
        return null;
    }

    private void beginAgain(Flow flow) {
        reports.removed(flow);
        int before = flow.state;
        tcp.beginAgain(flow);
        flow.createdSeconds = (int) (time.now() / Timeouts.SECOND);
        moved(flow, before);
    }

    void moved(Flow flow, int before) {
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
        if (time.sharing()) {
            tellOfUse(flow);
        }
        if (direction == 0) {
            flow.forwardPackets++;
            flow.forwardBytes += packet.ipLength();
        } else {
            flow.reversePackets++;
            flow.reverseBytes += packet.ipLength();
        }
    }

    private void tellOfUse(Flow flow) {
        long toldAgo = (tenths(time.now()) - flow.told) * FirewallTime.TICK_MICROS;
        if (flow.isSession() && (flow.told == 0 || SharedUse.tellDue(toldAgo, 0, timeouts.of(flow)))) {
            report(flow);
        }
    }

    /** Takes a flow out, session and mapping. */
    public void remove(Flow flow, boolean report) {
        if (report) {
            reports.removed(flow);
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
        remove(flow, losers.givesUp(flow));
    }

    /** What becomes of those who lose what two firewalls had both given away. */
    public ContestLosers losers() {
        return losers;
    }

    /** Tells of it what there is. */
    void tell(Flow flow) {
        if (table.holds(flow) && flow.isSession()) {
            report(flow);
        } else if (table.holds(flow)) {
            reports.mappingChanged(flow);
        }
    }

    /** Ages the sessions by that many ticks, and ends those whose time is over. */
    public void age(long ticks) {
        losers.age();
        if (ticks > 0 || overdue) {
            wheel.pass(ticks);
            overdue = wheel.fire(MOST_PER_TICK);
        }
    }

    private void due(Flow flow) {
        if (!time.forwarding()) {
            schedule(flow);
        } else if (timedOut(flow)) {
            remove(flow, true);
        } else {
            wheel.schedule(flow, (left(flow) + FirewallTime.TICK_MICROS - 1) / FirewallTime.TICK_MICROS);
        }
    }

    private boolean timedOut(Flow flow) {
        return time.forwarding() && left(flow) <= 0;
    }

    private long left(Flow flow) {
        long timeout = timeouts.of(flow);
        long left = timeout - age(flow);
        if (left > 0 || flow.heard == 0 || !time.sharing()) {
            return left;
        }
        long heardAgo = (tenths(time.now()) - flow.heard) * FirewallTime.TICK_MICROS;
        return Math.max(left, SharedUse.left(heardAgo, 0, timeout));
    }

    /** Whether the session was used here since the peer last told of it, and two firewalls share the work: then it does not end with it. */
    boolean usedHere(Flow flow) {
        return time.sharing() && flow.isSession() && !flow.is(Flow.PEER) && age(flow) < timeouts.of(flow);
    }

    /** A time in tenths of a second, never 0; of two the difference counts. */
    static int tenths(long micros) {
        int tenths = (int) (micros / FirewallTime.TICK_MICROS);
        return tenths == 0 ? 1 : tenths;
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
    boolean roomForSession() {
        return ipv4Count + ipv6Count < maxSessions;
    }

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

    /**
     * The peer is about to hand out public ports that were this firewall's so far: it must know which of them are in use, also of sessions
     * that are not due for backup and may never be.
     */
    public void tellEarly() {
        for (int place = 0; place < table.places(); place++) {
            Flow flow = table.at(place);
            if (flow != null && flow.isSession() && mayNotBeDue(flow)) {
                tellEarly(flow);
            }
        }
    }

    private void tellEarly(Flow flow) {
        boolean mapping = flow.isMapping() && !flow.is(Flow.EARLY_MAPPING);
        boolean session = nat.onlySessionTells(flow) && !flow.is(Flow.EARLY_SESSION);
        if (mapping) {
            flow.set(Flow.EARLY_MAPPING);
        }
        if (session) {
            flow.set(Flow.EARLY_SESSION);
            report(flow);
        } else if (mapping) {
            reports.mappingChanged(flow);
        }
    }

    private static boolean mayNotBeDue(Flow flow) {
        return flow.state < ESTABLISHED || flow.protocolNumber() == Protocols.ICMP;
    }

    void report(Flow flow) {
        flow.told = tenths(time.now());
        reports.changed(flow);
    }

    /** Where flows are found. */
    public FlowTable table() {
        return table;
    }

    FirewallTime time() {
        return time;
    }

    /** Who is told of sessions and mappings. */
    public SessionReports reports() {
        return reports;
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
