/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.demo;

import java.util.HashMap;
import java.util.Map;

import twinwall.firewall.BlacklistEntry;
import twinwall.firewall.Ip6;
import twinwall.firewall.Ipv4Session;
import twinwall.firewall.Ipv6Session;
import twinwall.firewall.NaptMapping;

/** What the tables of a firewall that has seen the same packets hold at the moment of the failure, and which of it is due for backup. */
final class SessionsAtFailure {

    private final DueRule rule;
    private final Map<Flow.Key, Boolean> dueByFlow = new HashMap<>();
    private final Count ipv4 = new Count();
    private final Count ipv6 = new Count();
    private final Count napt = new Count();
    private final Count blacklist = new Count();

    private static final class Count {
        private int entries;
        private int notYetDue;
        private int localByDesign;

        void add(boolean due) {
            entries++;
            notYetDue += due ? 0 : 1;
        }

        TableCount.Held held() {
            return new TableCount.Held(entries, notYetDue, localByDesign);
        }
    }

    SessionsAtFailure(DueRule rule) {
        this.rule = rule;
    }

    void add(Ipv4Session session) {
        boolean due = rule.due(session.protocol(), session.state(), session.local());
        ipv4.add(due);
        put(4, session.protocol(), Ip.v4(session.source().bits()), session.sourcePort(), Ip.v4(session.destination().bits()),
                session.destinationPort(), due);
    }

    void add(Ipv6Session session) {
        boolean due = rule.due(session.protocol(), session.state(), session.local());
        ipv6.add(due);
        put(6, session.protocol(), ip(session.source()), session.sourcePort(), ip(session.destination()), session.destinationPort(), due);
    }

    void add(NaptMapping mapping) {
        napt.add(rule.due(mapping.protocol(), mapping.sessionState(), mapping.local()));
    }

    void add(BlacklistEntry entry) {
        if (entry.origin() == BlacklistEntry.Origin.MANUAL) {
            blacklist.add(true);
        } else {
            blacklist.localByDesign++;
        }
    }

    /** Whether this flow had a session on FW_A that was not due for backup. */
    boolean notYetDue(Flow flow) {
        return flow != null && Boolean.FALSE.equals(dueByFlow.get(key(flow.version(), flow.protocol(), flow.client(), flow.clientPort(),
                flow.server(), flow.serverPort())));
    }

    Map<String, TableCount.Held> held() {
        return Map.of("ipv4-session", ipv4.held(), "ipv6-session", ipv6.held(), "napt", napt.held(), "blacklist", blacklist.held());
    }

    private void put(int version, int protocol, Ip source, int sourcePort, Ip destination, int destinationPort, boolean due) {
        dueByFlow.put(key(version, protocol, source, sourcePort, destination, destinationPort), due);
    }

    /** A session of a ping has its identifier on one side only, a flow on both. */
    private static Flow.Key key(int version, int protocol, Ip source, int sourcePort, Ip destination, int destinationPort) {
        boolean ping = protocol == PacketFacts.ICMP || protocol == PacketFacts.ICMPV6;
        return new Flow.Key(version, protocol, source, sourcePort, destination, ping ? 0 : destinationPort);
    }

    private static Ip ip(Ip6 address) {
        return new Ip(address.high(), address.low());
    }
}
