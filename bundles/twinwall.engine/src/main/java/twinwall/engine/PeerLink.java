/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.engine;

import java.nio.ByteBuffer;
import java.util.function.Function;

import twinwall.group.GroupStatus.LinkState;
import twinwall.group.GroupStatus.LinkStatus;
import twinwall.link.Connection;
import twinwall.link.Conversation;
import twinwall.link.HeartbeatLink;
import twinwall.link.LinkReport;
import twinwall.link.LinkUser;
import twinwall.link.ProtocolException;
import twinwall.protocol.Member;
import twinwall.protocol.MemberSettings;
import twinwall.protocol.Session;

/** One heartbeat link in use: gives its connections to the group and knows what state it is in. */
final class PeerLink implements LinkUser, AutoCloseable {

    private static final System.Logger LOG = System.getLogger("twinwall.engine");

    private final HeartbeatLink link;
    private final Member member;
    private final MemberSettings settings;
    private final Function<String, TableCost> costs;
    private volatile Session session;
    private volatile boolean confidential;
    private AutoCloseable open;

    /** {@code costs}: of the table of a type that is backed up here. */
    PeerLink(HeartbeatLink link, Member member, MemberSettings settings, Function<String, TableCost> costs) {
        this.link = link;
        this.member = member;
        this.settings = settings;
        this.costs = costs;
    }

    synchronized void open() {
        open = link.open(this);
    }

    @Override
    public synchronized void close() {
        try {
            if (open != null) {
                open.close();
            }
        } catch (Exception e) {
            LOG.log(System.Logger.Level.WARNING, "Link ''{0}'' failed when it was closed: {1}", link.name(), e);
        }
        open = null;
    }

    @Override
    public String localFirewall() {
        return settings.firewall();
    }

    @Override
    public String peerFirewall() {
        return settings.peer();
    }

    @Override
    public Conversation connected(Connection connection) {
        // The transport has told the operator already.
        LOG.log(System.Logger.Level.DEBUG, "Link ''{0}'': connected to {1}{2}.", link.name(), connection.remote(),
                connection.confidential() ? "" : " without TLS: sensitive tables are not sent");
        confidential = connection.confidential();
        Session started = member.connected(connection, link.order(), link.heartbeatOnly(), Threads.now());
        session = started;
        return new TimedConversation(started);
    }

    LinkStatus status(long now) {
        LinkReport report = link.report();
        Session current = session;
        String trouble = current == null ? "" : current.trouble(now);
        LinkState state;
        String detail = report.detail();
        if (!report.configured()) {
            state = LinkState.INVALID;
        } else if (!report.connected() || current == null) {
            state = LinkState.DOWN;
        } else if (!trouble.isEmpty()) {
            state = LinkState.PEER_DOWN;
            detail = trouble + "; " + detail;
        } else {
            state = current.carriesData() ? LinkState.RUNNING : LinkState.READY;
        }
        boolean heartbeatOnly = current == null ? link.heartbeatOnly() : current.heartbeatOnly();
        return new LinkStatus(link.name(), state, heartbeatOnly, detail, confidential, report.bytesSent(), report.bytesReceived(),
                report.refused());
    }

    /** Times a few of the frames, for the table that each is of. */
    private final class TimedConversation implements Conversation {

        private final Session of;
        private final Chance writing = new Chance(TableCost.FRAMES);
        private final Chance reading = new Chance(TableCost.FRAMES);

        TimedConversation(Session of) {
            this.of = of;
        }

        @Override
        public boolean next(ByteBuffer into) {
            if (!writing.picks()) {
                return of.next(into, Threads.now());
            }
            long begun = System.nanoTime();
            boolean written = of.next(into, Threads.now());
            if (written && of.lastFrame().changesOf() != null) {
                costs.apply(of.lastFrame().changesOf()).sending.add(System.nanoTime() - begun, 1);
            }
            return written;
        }

        @Override
        public void received(ByteBuffer frame) throws ProtocolException {
            if (!reading.picks()) {
                of.received(frame, Threads.now());
                return;
            }
            long begun = System.nanoTime();
            of.received(frame, Threads.now());
            long nanos = System.nanoTime() - begun;
            if (of.lastFrame().changesOf() != null) {
                costs.apply(of.lastFrame().changesOf()).taking.add(nanos, 1);
            } else if (of.lastFrame().confirmationOf() != null) {
                costs.apply(of.lastFrame().confirmationOf()).confirmed.add(nanos, 1);
            }
        }

        @Override
        public void closed(String reason) {
            LOG.log(System.Logger.Level.DEBUG, "Link ''{0}'': connection closed: {1}.", link.name(), reason);
            of.closed(Threads.now());
            if (session == of) {
                session = null;
            }
        }
    }
}
