/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded;

import java.util.function.BooleanSupplier;

import twinwall.firewall.embedded.aaa.UserGate;
import twinwall.firewall.embedded.confirm.ConfirmBeforeForward;
import twinwall.firewall.embedded.dslite.Softwires;
import twinwall.firewall.embedded.ipsec.Ipsec;
import twinwall.firewall.embedded.lists.Lists;
import twinwall.firewall.embedded.local.LocalTables;
import twinwall.firewall.embedded.own.OwnAddresses;
import twinwall.firewall.embedded.packet.Checksums;
import twinwall.firewall.embedded.packet.IcmpKind;
import twinwall.firewall.embedded.packet.Packet;
import twinwall.firewall.embedded.packet.PacketReader;
import twinwall.firewall.embedded.packet.Protocols;
import twinwall.firewall.embedded.pcp.Pcp;
import twinwall.firewall.embedded.rule.RuleList;
import twinwall.firewall.embedded.rule.Zone;
import twinwall.firewall.embedded.session.Flow;
import twinwall.firewall.embedded.session.FragmentTable;
import twinwall.firewall.embedded.session.LocalSessions;
import twinwall.firewall.embedded.session.OrphanFragments;
import twinwall.firewall.embedded.session.Sessions;
import twinwall.firewall.embedded.sslvpn.SslVpn;

/** The way of one packet: read, lists, session or rules, translation. Used under the firewall's lock only. */
final class Inspection {

    private final PacketReader reader = new PacketReader();
    private final Packet packet = new Packet();
    private final Packet quoted = new Packet();
    private final Sessions sessions;
    private final Lists lists;
    private final RuleList rules;
    private final UserGate users;
    private final Pcp pcp;
    private final SslVpn vpn;
    private final OwnAddresses own;
    private final LocalSessions localSessions;
    private final FragmentTable fragments;
    private final OrphanFragments orphans;
    private final boolean verifyChecksums;
    private final Ipsec ipsec;
    private final LocalTables local;
    private final Softwires softwires;
    private final WayOut out;
    private final ConfirmBeforeForward confirm;
    private final BooleanSupplier redirects;
    private Frame frame;
    private int ingress;
    private int egress;
    private boolean ledBack;
    private boolean ofPeer;
    private Flow flow;

    Inspection(FirewallSettings settings, Sessions sessions, Lists lists, UserGate users, SslVpn vpn, Ipsec ipsec,
            LocalTables local, Pcp pcp, Softwires softwires, WayOut out, ConfirmBeforeForward confirm, BooleanSupplier redirects) {
        this.confirm = confirm;
        this.redirects = redirects;
        this.softwires = softwires;
        this.out = out;
        this.sessions = sessions;
        this.lists = lists;
        this.rules = RuleList.parse(settings.rules()).asking(users);
        this.users = users;
        this.vpn = vpn;
        this.ipsec = ipsec;
        this.local = local;
        this.pcp = pcp;
        this.localSessions = new LocalSessions(sessions);
        this.own = new OwnAddresses(settings.ownAddresses());
        this.fragments = new FragmentTable(settings.maxFragmentedDatagrams(), settings.fragmentTimeoutSeconds());
        this.orphans = new OrphanFragments(sessions);
        this.verifyChecksums = settings.verifyTransportChecksums();
    }

    /** Inspects a packet and rewrites it where it is translated. Returns {@code null} when it goes on, by {@link #egress}. */
    DropReason inspect(long now, int in, Frame frame) {
        byte[] bytes = frame.bytes;
        int offset = frame.offset;
        int length = frame.length;
        ledBack = false;
        flow = null;
        DropReason reason = way(now, in, frame);
        if (reason != null) {
            frame.set(bytes, offset, length);
            // The source of what was led back is a public address that many clients share.
            return ledBack ? reason : refused(reason);
        }
        return null;
    }

    private DropReason refused(DropReason reason) {
        boolean peers = (ofPeer || redirects.getAsBoolean()) && mayBePeers(reason);
        if (peers && !ofPeer) {
            return DropReason.REDIRECTED;
        }
        lists.refused(packet, reason);
        return peers ? DropReason.REDIRECTED_UNKNOWN : reason;
    }

    /** Whether the packet is of no session here, and does not begin one, so that it may be of one of the peer's. */
    private boolean mayBePeers(DropReason reason) {
        return switch (reason) {
            case NO_SESSION, NO_MAPPING, ICMP_UNRELATED, FRAGMENT_WITHOUT_FIRST -> true;
            // An answer whose protocol does not show that it is one.
            case DENIED -> packet.protocol != Protocols.TCP && packet.protocol != Protocols.SCTP && packet.icmpKind == null;
            default -> false;
        };
    }

    /** Packets that are inspected from now on were given by the peer, or not: those that were must belong to sessions that are here. */
    void ofPeer(boolean given) {
        ofPeer = given;
    }

    private DropReason way(long now, int in, Frame arrived) {
        frame = arrived;
        ingress = in;
        DropReason refused = read();
        if (refused != null) {
            return refused;
        }
        return ipsec.inUse() ? throughTunnels(now, in) : pass(now, in);
    }

    private DropReason throughTunnels(long now, int in) {
        DropReason refused = arrive(in);
        refused = refused != null ? refused : pass(now, in);
        if (refused == null && egress == EmbeddedFirewall.OUTSIDE) {
            refused = ipsec.close(frame);
            egress = ipsec.answered() ? in : egress;
        }
        return refused;
    }

    private DropReason arrive(int in) {
        if (in != EmbeddedFirewall.OUTSIDE) {
            return null;
        }
        if (!ipsec.endsHere(packet)) {
            return ipsec.mustBeSealed(packet) ? DropReason.IPSEC_UNSEALED : null;
        }
        DropReason refused = ipsec.open(packet, frame);
        return refused != null ? refused : read();
    }

    private DropReason read() {
        DropReason unreadable = reader.frame(packet, frame.bytes, frame.offset, frame.length);
        if (unreadable != null) {
            return unreadable;
        }
        return screen();
    }

    private DropReason screen() {
        if (verifyChecksums && !checksumRight()) {
            return DropReason.TRANSPORT_CHECKSUM;
        }
        return lists.blocks(packet) ? DropReason.BLACKLISTED : null;
    }

    /** What was in a tunnel is looked at like every packet. */
    private DropReason openSoftwire(long now, int in) {
        DropReason refused = softwires.open(packet, Zone.of(in), frame, now);
        return refused != null ? refused : screen();
    }

    private DropReason pass(long now, int in) {
        if (!local.withinLimit(in, packet)) {
            return DropReason.BANDWIDTH;
        }
        if (vpn.refuses(packet)) {
            return DropReason.VPN_NOT_CONNECTED;
        }
        if (pcp.isFor(packet)) {
            return answered(in, pcp.answer(packet, in, frame));
        }
        if (own.isFor(packet)) {
            return answered(in, own.answer(packet, frame));
        }
        DropReason refused = softwires.leadHere(packet) ? openSoftwire(now, in) : null;
        if (refused != null) {
            return refused;
        }
        if (packet.laterFragment()) {
            return laterFragment(now, in);
        }
        if (packet.icmpKind != null && packet.icmpKind != IcmpKind.ECHO && packet.icmpKind != IcmpKind.ECHO_REPLY) {
            return otherIcmp(now, in);
        }
        return session(now, in);
    }

    /** The flow of the packet that was inspected last; {@code null} when it belongs to none. */
    Flow flow() {
        return flow;
    }

    /** The firewall itself was meant. */
    private DropReason answered(int in, DropReason refused) {
        egress = in;
        if (refused == null) {
            localSessions.answered(packet, Zone.of(in));
        }
        return refused;
    }

    /** The interface by which the packet that was inspected last goes on. */
    int egress() {
        return egress;
    }

    private boolean checksumRight() {
        boolean checkable = !packet.fragment && packet.ipEnd <= packet.end && switch (packet.protocol) {
            case Protocols.TCP, Protocols.UDP -> true;
            case Protocols.ICMP, Protocols.ICMPV6 -> packet.icmpKind != null;
            default -> false;
        };
        return !checkable || Checksums.transportRight(packet);
    }

    private DropReason session(long now, int in) {
        Flow flow = sessions.find(packet);
        int direction = flow == null ? 0 : sessions.table().direction();
        if (flow == null || !flow.isSession()) {
            return direction == 1 ? DropReason.NO_SESSION : begin(now, in, flow);
        }
        if (sessions.beginsAnew(flow, packet) && mayReplace(flow, direction, in)) {
            sessions.remove(flow, true);
            return begin(now, in, null);
        }
        if (flow.zoneBefore(direction) != Zone.of(in)) {
            return DropReason.WRONG_INTERFACE;
        }
        if (lacksMapping(flow)) {
            return DropReason.NO_MAPPING;
        }
        if (users.refuses(rules, flow, direction)) {
            sessions.remove(flow, true);
            return DropReason.USER_REQUIRED;
        }
        DropReason refused = sessions.follow(flow, direction, packet);
        return refused != null ? refused : accept(flow, direction, now);
    }

    /** A session of the peer is not used before the entry it was translated by is there too. */
    private boolean lacksMapping(Flow flow) {
        return flow.isUnused() && !sessions.nat().holds(flow);
    }

    private boolean mayReplace(Flow flow, int direction, int in) {
        return direction == 0 && flow.zoneBefore(0) == Zone.of(in) || rules.allowing(Zone.of(in), Zone.of(1 - in), packet) > 0;
    }

    private DropReason begin(long now, int in, Flow mapping) {
        if (ofPeer || !sessions.mayBegin(packet)) {
            return DropReason.NO_SESSION;
        }
        confirm.asking();
        Flow flow = sessions.prepare(mapping, packet);
        int from = Zone.of(in);
        int destinationKind = sessions.nat().destinationKind(from, packet, flow);
        int to = destinationKind > 0 ? Zone.INSIDE : Zone.of(1 - in);
        int rule = rules.allowing(from, to, packet);
        if (rule <= 0 && (rule != RuleList.NONE || !sessions.nat().opens(destinationKind))) {
            return rule == RuleList.USER_REQUIRED ? DropReason.USER_REQUIRED : DropReason.DENIED;
        }
        DropReason refused = sessions.begin(flow, destinationKind, packet, from, to, Math.max(0, rule));
        if (refused != null) {
            return refused;
        }
        users.began(flow);
        confirm.asked();
        return accept(flow, 0, now);
    }

    private DropReason accept(Flow flow, int direction, long now) {
        if (packet.fragment) {
            fragments.expect(packet, flow, direction, now);
        }
        return goOn(flow, direction, now);
    }

    private DropReason goOn(Flow flow, int direction, long now) {
        this.flow = flow;
        DropReason refused = local.judge(flow, direction, packet);
        if (refused != null) {
            return refused;
        }
        local.passed(packet);
        boolean leadsBack = beforeRewriting(flow, direction);
        return afterRewriting(out.packet(flow, direction, packet, frame), leadsBack, now);
    }

    /** What leads back may still be dropped, and a dropped packet is left as it was. */
    private boolean beforeRewriting(Flow flow, int direction) {
        egress = Zone.networkInterface(flow.zoneAfter(direction));
        boolean leadsBack = egress == EmbeddedFirewall.OUTSIDE && !ledBack && out.leadsBack(flow, direction);
        if (leadsBack && packet.bytes == frame.bytes) {
            packet.bytes = frame.bytes.clone();
            frame.set(packet.bytes, frame.offset, frame.length);
        }
        return leadsBack;
    }

    private DropReason afterRewriting(DropReason refused, boolean leadsBack, long now) {
        if (refused == null && out.answered()) {
            egress = ingress;
        } else if (refused == null && leadsBack) {
            ledBack = true;
            DropReason unreadable = read();
            return unreadable != null ? unreadable : pass(now, EmbeddedFirewall.OUTSIDE);
        }
        return refused;
    }

    private DropReason laterFragment(long now, int in) {
        FragmentTable.Expected expected = fragments.find(packet, now);
        if (expected == null) {
            expected = orphans.adopt(packet);
            if (expected != null) {
                fragments.expect(packet, expected.flow(), expected.direction(), now);
            }
        }
        if (expected == null || !sessions.table().holds(expected.flow()) || !expected.flow().isSession()) {
            return DropReason.FRAGMENT_WITHOUT_FIRST;
        }
        Flow flow = expected.flow();
        if (flow.zoneBefore(expected.direction()) != Zone.of(in)) {
            return DropReason.WRONG_INTERFACE;
        }
        if (lacksMapping(flow)) {
            return DropReason.NO_MAPPING;
        }
        if (users.refuses(rules, flow, expected.direction())) {
            return DropReason.USER_REQUIRED;
        }
        sessions.seen(flow, expected.direction(), packet);
        return goOn(flow, expected.direction(), now);
    }

    private DropReason otherIcmp(long now, int in) {
        if (packet.icmpKind != IcmpKind.ERROR) {
            return packet.icmpKind == IcmpKind.LINK ? DropReason.LINK_LOCAL_ICMP : DropReason.ICMP_TYPE;
        }
        if (packet.fragment || reader.quoted(quoted, packet) != null || quoted.laterFragment()
                || quoted.icmpKind != null && quoted.icmpKind != IcmpKind.ECHO && quoted.icmpKind != IcmpKind.ECHO_REPLY) {
            return DropReason.ICMP_UNRELATED;
        }
        if (packet.softwire != null) {
            quoted.destinationHigh = packet.sourceHigh;
        }
        Flow flow = sessions.findQuoted(quoted);
        if (flow == null || !flow.isSession()) {
            return DropReason.ICMP_UNRELATED;
        }
        int direction = sessions.table().direction();
        if (flow.zoneBefore(direction) != Zone.of(in)) {
            return DropReason.WRONG_INTERFACE;
        }
        if (lacksMapping(flow)) {
            return DropReason.NO_MAPPING;
        }
        if (!local.leads(flow, direction)) {
            return DropReason.NO_ROUTE;
        }
        this.flow = flow;
        boolean leadsBack = beforeRewriting(flow, direction);
        return afterRewriting(out.error(flow, direction, packet, quoted, frame), leadsBack, now);
    }
}
