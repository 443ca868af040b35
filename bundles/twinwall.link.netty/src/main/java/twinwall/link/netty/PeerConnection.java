/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.link.netty;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.concurrent.Future;
import twinwall.link.Connection;
import twinwall.link.Conversation;
import twinwall.link.ProtocolException;

/**
 * One TCP connection of a link, from its set-up to its end. It is a candidate until the peer has proved itself: by TLS, or, on a plain
 * listening link, by a first whole frame. From then on it has a conversation.
 */
final class PeerConnection extends ChannelInboundHandlerAdapter implements Connection {

    private static final long LINGER_MILLIS = 1_000;

    private final OpenLink link;
    private final boolean confidential;
    private final boolean connects;
    private final FrameReader reader = new FrameReader(this::frame);
    private final AtomicBoolean closing = new AtomicBoolean();

    private ChannelHandlerContext ctx;
    private volatile FrameWriter writer;
    private volatile String remote = "?";
    private Conversation conversation;
    private ClosedBecause end;
    private boolean ended;
    private boolean silent = true;
    private Future<?> silence;

    PeerConnection(OpenLink link, boolean confidential, boolean connects) {
        this.link = link;
        this.confidential = confidential;
        this.connects = connects;
    }

    @Override
    public boolean confidential() {
        return confidential;
    }

    @Override
    public String remote() {
        return remote;
    }

    @Override
    public void wake() {
        FrameWriter pulling = writer;
        if (pulling != null) {
            pulling.wake();
        }
    }

    @Override
    public void seekAnother() {
        try {
            ctx.channel().eventLoop().execute(() -> link.doubted(this));
        } catch (RejectedExecutionException expected) {
            // The event loop is gone, and the connection with it.
        }
    }

    @Override
    public void close(String reason) {
        if (closing.compareAndSet(false, true)) {
            try {
                ctx.channel().eventLoop().execute(() -> closeGently(ClosedBecause.refused(reason, "closed by this firewall")));
            } catch (RejectedExecutionException expected) {
                // The event loop is gone, and the connection with it.
            }
        }
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        ctx = added;
    }

    @Override
    public void channelActive(ChannelHandlerContext active) {
        if (active.channel().remoteAddress() instanceof InetSocketAddress address) {
            remote = address.getAddress().getHostAddress() + ":" + address.getPort();
        }
        link.opened(this);
        if (!confidential) {
            silence = active.executor().schedule(this::saidNothing, link.times().handshake(), TimeUnit.MILLISECONDS);
            if (connects) {
                converse();
            }
        }
        active.fireChannelActive();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext active, Object event) throws Exception {
        if (event instanceof SslHandshakeCompletionEvent handshake) {
            if (handshake.isSuccess()) {
                proved();
            } else {
                // The TLS handler still has an alert to send, then closes by itself; the time bound is for a peer that takes nothing.
                end(ClosedBecause.of(handshake.cause(), true));
                active.executor().schedule(this::cut, LINGER_MILLIS, TimeUnit.MILLISECONDS);
            }
        }
        super.userEventTriggered(active, event);
    }

    private void proved() {
        try {
            link.identity().checkPeer(ctx.pipeline().get(SslHandler.class));
            converse();
        } catch (PinnedCertificates.Refused refused) {
            refuse(ClosedBecause.of(refused, true));
        }
    }

    private void saidNothing() {
        if (silent) {
            refuse(ClosedBecause.refused("said-nothing", "no frame came in time"));
        }
    }

    /** From here on the peer is who it should be. */
    private void converse() {
        if (ended || closing.get()) {
            return;
        }
        link.established(this);
        try {
            conversation = link.user().connected(this);
            writer = new FrameWriter(ctx, confidential, conversation, this::broken);
            new StalledWrite(ctx.channel(), link.times().write(), this::stalled).start();
            // What the conversation woke us for before it was known here.
            writer.wake();
        } catch (RuntimeException failed) {
            broken(failed);
        }
    }

    private void stalled() {
        refuse(ClosedBecause.refused("peer-stopped-reading", "it took nothing for " + link.times().write() + " ms"));
    }

    @Override
    public void channelRead(ChannelHandlerContext active, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        try {
            if (!ended) {
                reader.read(bytes);
            }
        } catch (ProtocolException broken) {
            refuse(ClosedBecause.of(broken, false));
        } catch (RuntimeException failed) {
            broken(failed);
        } finally {
            bytes.release();
        }
    }

    private boolean frame(ByteBuffer frame) throws ProtocolException {
        if (silent) {
            silent = false;
            if (conversation == null) {
                converse();
            }
            if (silence != null) {
                silence.cancel(false);
            }
        }
        if (ended || closing.get()) {
            return false;
        }
        conversation.received(frame);
        return !ended;
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext active) {
        FrameWriter waiting = writer;
        if (waiting != null && active.channel().isWritable()) {
            waiting.pull();
        }
        active.fireChannelWritabilityChanged();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext active, Throwable failure) {
        if (failure instanceof RuntimeException broken && broken.getCause() == null) {
            broken(broken);
            return;
        }
        end(ClosedBecause.of(failure, confidential && conversation == null));
        active.close();
        active.executor().schedule(this::cut, LINGER_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Override
    public void channelInactive(ChannelHandlerContext active) {
        end(ClosedBecause.byPeer());
        active.fireChannelInactive();
    }

    /** Closes after what was accepted is sent, at most a second from now. On the event loop. */
    void closeGently(ClosedBecause because) {
        closing.set(true);
        if (ended) {
            return;
        }
        if (writer != null) {
            writer.stop();
        }
        end = because;
        ctx.executor().schedule(this::cut, LINGER_MILLIS, TimeUnit.MILLISECONDS);
        if (confidential) {
            // The TLS handler sends its farewell behind everything else, then closes.
            ctx.close();
        } else {
            ctx.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(sent -> ctx.close());
        }
    }

    /** Closes at once. On the event loop. */
    void refuse(ClosedBecause because) {
        end(because);
        cut();
    }

    private void broken(RuntimeException failed) {
        link.failed(failed);
        refuse(ClosedBecause.refused("internal-error", failed.toString()));
    }

    /** Past the TLS handler, which would wait for the peer to take its farewell. */
    private void cut() {
        ctx.pipeline().firstContext().close();
    }

    private void end(ClosedBecause because) {
        if (ended) {
            return;
        }
        ended = true;
        closing.set(true);
        ClosedBecause first = end == null ? because : end;
        if (silence != null) {
            silence.cancel(false);
        }
        if (writer != null) {
            writer.stop();
        }
        try {
            if (conversation != null) {
                conversation.closed(first.reason());
            }
        } catch (RuntimeException failed) {
            link.failed(failed);
        } finally {
            link.gone(this, first);
        }
    }
}
