/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.link.netty;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import twinwall.link.HeartbeatLink;
import twinwall.link.LinkReport;
import twinwall.link.LinkUser;
import twinwall.settings.UnusableConfiguration;

/**
 * A heartbeat link over TCP. Needs no OSGi: give it settings and an event loop group, of which it uses one loop while it is open.
 * Thread-safe.
 */
public final class NettyLink implements HeartbeatLink {

    private static final Logger LOG = System.getLogger("twinwall.link.netty");

    private final LinkSettings settings;
    private final EventLoopGroup group;
    private final TlsIdentity identity;
    private final AtomicReference<OpenLink> open = new AtomicReference<>();
    private volatile LinkReport idle = new LinkReport(false, true, "not opened", 0, 0, Map.of());

    /**
     * Reads the key files.
     *
     * @throws UnusableConfiguration when TLS cannot work with them
     */
    public NettyLink(LinkSettings settings, EventLoopGroup group) throws UnusableConfiguration {
        this.settings = settings;
        this.group = group;
        this.identity = settings.keys() == null ? null : TlsIdentity.load(settings.keys());
        if (identity == null) {
            LOG.log(Level.WARNING, "Link '" + settings.name() + "' is plain text (tls=false): anyone on its path can read and change what "
                + "is backed up. Sensitive tables are not sent over it; the others are.");
        }
    }

    @Override
    public String name() {
        return settings.name();
    }

    @Override
    public int order() {
        return settings.order();
    }

    @Override
    public boolean heartbeatOnly() {
        return settings.heartbeatOnly();
    }

    @Override
    public LinkReport report() {
        OpenLink now = open.get();
        return now == null ? idle : now.report();
    }

    /** The port that this side listens on, for a configured port of 0; -1 while it does not listen. */
    public int listeningPort() {
        return open.get() instanceof ListeningLink listening ? listening.port() : -1;
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalStateException when it is open
     */
    @Override
    public AutoCloseable open(LinkUser user) {
        int order = user.localFirewall().compareTo(user.peerFirewall());
        String missing = missing(order);
        if (missing != null) {
            return unusable(missing);
        }
        EventLoop loop = group.next();
        OpenLink link = order < 0 ? new ConnectingLink(loop, settings, identity, user) : new ListeningLink(loop, settings, identity, user);
        if (!open.compareAndSet(null, link)) {
            throw new IllegalStateException("Link '" + settings.name() + "' is open");
        }
        loop.execute(link::start);
        return () -> {
            link.close();
            idle = link.report();
            open.compareAndSet(link, null);
        };
    }

    private String missing(int order) {
        if (order == 0) {
            return "both firewalls have the same name, so neither is the one that connects. Give them different names.";
        }
        if (order < 0 && settings.peer() == null) {
            return "this firewall connects, but peer_port is missing. Set peer_address and peer_port.";
        }
        return order > 0 && settings.listen() == null
            ? "this firewall listens, but listen_port is missing. Set listen_address and listen_port." : null;
    }

    private AutoCloseable unusable(String why) {
        LOG.log(Level.ERROR, "Link '" + settings.name() + "' is not used: " + why + " Other links are not affected.");
        idle = new LinkReport(false, false, why, 0, 0, Map.of());
        return () -> {
        };
    }
}
