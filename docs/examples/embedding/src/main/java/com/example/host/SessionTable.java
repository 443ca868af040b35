/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package com.example.host;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

import twinwall.firewall.EntryVisitor;
import twinwall.firewall.FirewallTable;
import twinwall.firewall.Ip4;
import twinwall.firewall.Ipv4Session;
import twinwall.firewall.SessionState;
import twinwall.firewall.TableWatcher;

/** The sessions of your firewall, in the shape in which Twinwall's handler of IPv4 sessions backs them up. */
final class SessionTable implements FirewallTable<Ipv4Session> {

    private static final int TCP = 6;

    /** The two ends of a TCP connection. */
    record Flow(Ip4 source, int sourcePort, Ip4 destination, int destinationPort) {

        static Flow of(Ipv4Session session) {
            return new Flow(session.source(), session.sourcePort(), session.destination(), session.destinationPort());
        }
    }

    private final Map<Flow, Ipv4Session> sessions = new ConcurrentHashMap<>();
    private final List<TableWatcher<? super Ipv4Session>> watchers = new CopyOnWriteArrayList<>();

    /** Your packet path has seen a handshake: watchers hear of it. */
    synchronized void opened(Flow flow) {
        Ipv4Session session = new Ipv4Session(0, Optional.empty(), TCP, flow.source(), flow.destination(), flow.sourcePort(),
                flow.destinationPort(), SessionState.ESTABLISHED, 0, 0, 0, false, System.currentTimeMillis() / 1000, 0xff,
                Optional.empty(), Optional.empty(), 3600, 0, 0, 0, 0);
        sessions.put(flow, session);
        watchers.forEach(watcher -> watcher.changed(session));
    }

    /** Your packet path asks for each packet. */
    boolean knows(Flow flow) {
        return sessions.containsKey(flow);
    }

    /** From the peer: watchers do not hear of it. */
    @Override
    public synchronized void restore(Ipv4Session session) {
        sessions.put(Flow.of(session), session);
    }

    /** From the peer: watchers do not hear of it. */
    @Override
    public synchronized void forget(Ipv4Session session) {
        sessions.remove(Flow.of(session));
    }

    @Override
    public AutoCloseable watch(TableWatcher<? super Ipv4Session> watcher) {
        watchers.add(watcher);
        return () -> stop(watcher);
    }

    /** Waits for a report under way: after it nothing is reported any more. */
    private synchronized void stop(TableWatcher<? super Ipv4Session> watcher) {
        watchers.remove(watcher);
    }

    /** A concurrent map may be visited while it changes. */
    @Override
    public void visit(EntryVisitor<? super Ipv4Session> visitor) throws IOException {
        for (Ipv4Session session : sessions.values()) {
            visitor.visit(session);
        }
    }

    @Override
    public int size() {
        return sessions.size();
    }
}
