/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.link.netty;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import twinwall.link.LinkReport;
import twinwall.link.LinkUser;

/** A link at work: it has at most one established connection, and a few that have yet to prove themselves. All on one event loop. */
abstract class OpenLink implements AutoCloseable {

    private static final Logger LOG = System.getLogger("twinwall.link.netty");
    private static final long CLOSE_MILLIS = 5_000;

    /** The loop that all of this link runs on. */
    protected final EventLoop loop;
    /** What the link is made of. */
    protected final LinkSettings settings;
    /** Why connections were closed, and what was said about it. */
    protected final Refusals refusals;

    private final TlsIdentity identity;
    private final LinkUser user;
    private final Traffic traffic = new Traffic();
    private final Set<PeerConnection> candidates = new LinkedHashSet<>();
    private final Set<Channel> channels = new LinkedHashSet<>();
    private final CompletableFuture<Void> closed = new CompletableFuture<>();

    private PeerConnection live;
    private PeerConnection doubted;
    private boolean closing;
    private volatile boolean connected;
    private volatile String detail = "starting";

    OpenLink(EventLoop loop, LinkSettings settings, TlsIdentity identity, LinkUser user) {
        this.loop = loop;
        this.settings = settings;
        this.identity = identity;
        this.user = user;
        this.refusals = new Refusals(settings.name());
    }

    /** Begins to seek the peer. On the event loop. */
    abstract void start();

    /** Whether this side connects. */
    abstract boolean connects();

    /** There is no connection to rely on, and the link is not closing. On the event loop. */
    abstract void lost();

    /** A new connection exists that has proved nothing yet. On the event loop. */
    abstract void admit(PeerConnection candidate);

    /** Whether the kernel has back what this side held besides connections. On the event loop. */
    abstract boolean released();

    LinkSettings.Times times() {
        return settings.times();
    }

    TlsIdentity identity() {
        return identity;
    }

    LinkUser user() {
        return user;
    }

    LinkReport report() {
        return new LinkReport(connected, true, detail, traffic.sent(), traffic.received(), refusals.counts());
    }

    boolean closing() {
        return closing;
    }

    /** Whether a connection is wanted: there is none, or the one there is may be broken. */
    boolean seeks() {
        return live == null || live == doubted;
    }

    Set<PeerConnection> candidates() {
        return candidates;
    }

    /** The line that an operator reads while nothing is connected. */
    void detail(String line) {
        if (!connected) {
            detail = line;
        }
    }

    /** A channel that must be gone before the link is. On the event loop. */
    void track(Channel channel) {
        channels.add(channel);
        channel.closeFuture().addListener(gone -> channels.remove(channel));
    }

    ChannelInitializer<Channel> pipeline() {
        return new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel channel) {
                channel.pipeline().addLast(traffic);
                if (identity != null) {
                    channel.pipeline().addLast(identity.handler(connects(), channel.alloc(), times().handshake()));
                }
                channel.pipeline().addLast(new PeerConnection(OpenLink.this, identity != null, connects()));
                track(channel);
            }
        };
    }

    void opened(PeerConnection connection) {
        candidates.add(connection);
        if (closing) {
            connection.refuse(linkClosed());
        } else {
            admit(connection);
        }
    }

    /** The peer has proved itself on this connection: an older one is from before it restarted or lost its way. */
    void established(PeerConnection connection) {
        candidates.remove(connection);
        PeerConnection older = live;
        live = connection;
        doubted = null;
        if (older != null) {
            older.refuse(ClosedBecause.refused("replaced-by-newer", "the peer has connected anew"));
        }
        connected = true;
        detail = "connected to " + user.peerFirewall() + " at " + connection.remote() + (identity != null ? " by TLS" : " in plain text");
        refusals.say(Level.INFO, "connected", detail + ".");
    }

    void gone(PeerConnection connection, ClosedBecause because) {
        candidates.remove(connection);
        boolean orderly = because.reason().equals(linkClosed().reason());
        if (because.ours() && !orderly) {
            refusals.count(because.reason());
        }
        boolean wasLive = live == connection;
        if (wasLive) {
            live = null;
            connected = false;
        }
        if (!orderly) {
            String line = "connection with " + connection.remote() + " closed, " + because.reason() + ": " + because.detail();
            if (wasLive || live == null) {
                detail(line);
            }
            refusals.say(because.ours() ? Level.WARNING : Level.INFO, because.reason(),
                line + ". " + (live != null ? "The connection with " + live.remote() + " goes on." : "The peer is sought again."));
        }
        if (!closing && seeks()) {
            lost();
        }
    }

    /** Nothing comes on this connection any more: another one is sought, in case that the peer can be reached after all. */
    void doubted(PeerConnection connection) {
        if (live == connection && !closing) {
            doubted = connection;
            if (candidates.isEmpty()) {
                lost();
            }
        }
    }

    /** The conversation threw what it must not. */
    void failed(RuntimeException failed) {
        refusals.say(Level.ERROR, "internal-error " + failed.getClass().getName(),
            "internal error, the connection is closed and sought again: " + failed);
    }

    private static ClosedBecause linkClosed() {
        return ClosedBecause.refused("link-closed", "the link is closed");
    }

    /** Returns when the connection and the listening port are gone, after five seconds at the latest. */
    @Override
    public void close() {
        if (loop.inEventLoop()) {
            shutDown();
            return;
        }
        try {
            loop.execute(this::shutDown);
            closed.get(CLOSE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException expected) {
            // The event loop is gone, and all that was on it.
        } catch (TimeoutException | ExecutionException late) {
            LOG.log(Level.WARNING, "Link '" + settings.name() + "': not closed after " + CLOSE_MILLIS + " ms. Going on without it.");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        connected = false;
        detail = "closed";
    }

    private void shutDown() {
        if (closing) {
            return;
        }
        closing = true;
        List<Channel> open = new ArrayList<>(channels);
        List.copyOf(candidates).forEach(candidate -> candidate.refuse(linkClosed()));
        PeerConnection last = live;
        if (last != null) {
            last.closeGently(linkClosed());
        }
        for (Channel channel : open) {
            if (last == null || channel.pipeline().context(last) == null) {
                channel.close();
            }
        }
        awaitGone(open);
    }

    private void awaitGone(List<Channel> open) {
        int[] left = {open.size()};
        if (left[0] == 0) {
            completeWhenReleased();
        }
        for (Channel channel : open) {
            channel.closeFuture().addListener(gone -> {
                if (--left[0] == 0) {
                    completeWhenReleased();
                }
            });
        }
    }

    /**
     * A channel says that it is closed a moment before the conversation is told, and before the selector gives the socket back in its
     * next round.
     */
    private void completeWhenReleased() {
        if (live == null && candidates.isEmpty() && released()) {
            closed.complete(null);
        } else {
            loop.schedule(this::completeWhenReleased, 1, TimeUnit.MILLISECONDS);
        }
    }
}
