/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.demo;

import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import twinwall.firewall.BlacklistEntry;
import twinwall.firewall.Ip6;
import twinwall.firewall.Ipv4Session;
import twinwall.firewall.Ipv6Session;
import twinwall.firewall.NaptMapping;
import twinwall.run.pair.EntryText;

/** What the tables of a firewall that has seen the same packets hold at the moment of the failure, and which of it is due for backup. */
final class SessionsAtFailure {

    private final DueRule rule;
    private final Map<Flow.Key, Boolean> dueByFlow = new HashMap<>();
    private final Table<Ipv4Session> ipv4 = new Table<>(Ipv4Session.class);
    private final Table<Ipv6Session> ipv6 = new Table<>(Ipv6Session.class);
    private final Table<NaptMapping> napt = new Table<>(NaptMapping.class);
    private final Table<BlacklistEntry> blacklist = new Table<>(BlacklistEntry.class);
    /** In the order of the report. */
    private final Map<String, Table<?>> tables = new LinkedHashMap<>();

    private static final class Table<E extends Record> {
        private final EntryText<E> text;
        private final Map<String, String> due = new HashMap<>();
        private int entries;
        private int localByDesign;

        Table(Class<E> type) {
            text = new EntryText<>(type);
        }

        void add(E entry, boolean isDue) throws IOException {
            entries++;
            if (isDue) {
                due.put(text.key(entry), text.content(entry));
            }
        }

        TableCount.Held held() {
            return new TableCount.Held(entries, entries - due.size(), localByDesign);
        }
    }

    SessionsAtFailure(DueRule rule) {
        this.rule = rule;
        tables.put("ipv4-session", ipv4);
        tables.put("ipv6-session", ipv6);
        tables.put("napt", napt);
        tables.put("blacklist", blacklist);
    }

    void add(Ipv4Session session) throws IOException {
        boolean due = rule.due(session.protocol(), session.state(), session.local());
        ipv4.add(session, due);
        put(4, session.protocol(), Ip.v4(session.source().bits()), session.sourcePort(), Ip.v4(session.destination().bits()),
                session.destinationPort(), due);
    }

    void add(Ipv6Session session) throws IOException {
        boolean due = rule.due(session.protocol(), session.state(), session.local());
        ipv6.add(session, due);
        put(6, session.protocol(), ip(session.source()), session.sourcePort(), ip(session.destination()), session.destinationPort(), due);
    }

    void add(NaptMapping mapping) throws IOException {
        napt.add(mapping, rule.due(mapping.protocol(), mapping.sessionState(), mapping.local()));
    }

    void add(BlacklistEntry entry) throws IOException {
        if (entry.origin() == BlacklistEntry.Origin.MANUAL) {
            blacklist.add(entry, true);
        } else {
            blacklist.localByDesign++;
        }
    }

    /** Whether this flow had a session on FW_A that was not due for backup. */
    boolean notYetDue(Flow flow) {
        return flow != null && Boolean.FALSE.equals(dueByFlow.get(key(flow.version(), flow.protocol(), flow.client(), flow.clientPort(),
                flow.server(), flow.serverPort())));
    }

    /** Table types in the order of the report. */
    Set<String> types() {
        return tables.keySet();
    }

    /** How many entries a table holds. */
    TableCount.Held held(String type) {
        return tables.get(type).held();
    }

    /** The entries of a table that are due for backup: key to content. */
    Map<String, String> due(String type) {
        return tables.get(type).due;
    }

    /** How entries of a table are compared. */
    EntryText<?> text(String type) {
        return tables.get(type).text;
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
