/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.link.netty;

import java.lang.System.Logger.Level;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.nio.NioSocketChannel;
import twinwall.link.LinkUser;

/** The side that connects, and connects again after a pause when a try fails or a connection is lost. */
final class ConnectingLink extends OpenLink {

    /** The pause varies by this part of itself, so that links which broke together do not come back in step. */
    private static final int JITTER_PART = 4;

    private boolean waiting;
    private boolean trying;

    ConnectingLink(EventLoop loop, LinkSettings settings, TlsIdentity identity, LinkUser user) {
        super(loop, settings, identity, user);
    }

    @Override
    boolean connects() {
        return true;
    }

    @Override
    boolean released() {
        return true;
    }

    @Override
    void start() {
        waiting = false;
        if (closing() || trying || !seeks()) {
            return;
        }
        trying = true;
        ChannelFuture tried = new Bootstrap().group(loop).channel(NioSocketChannel.class)
            .option(ChannelOption.TCP_NODELAY, true).option(ChannelOption.CONNECT_TIMEOUT_MILLIS, times().connect())
            .option(ChannelOption.SO_SNDBUF, FrameWriter.SEND_BUFFER).option(ChannelOption.SO_RCVBUF, Sockets.RECEIVE_BUFFER)
            .option(ChannelOption.WRITE_BUFFER_WATER_MARK, Sockets.WATER_MARK)
            .handler(pipeline()).connect(settings.peer());
        tried.addListener(done -> {
            trying = false;
            if (!done.isSuccess() && !closing()) {
                String line = "no connection to " + settings.peer().getAddress().getHostAddress() + ":" + settings.peer().getPort() + ": "
                    + done.cause().getMessage();
                detail(line);
                refusals.say(Level.INFO, "not-reached", line + ". Trying again every " + times().reconnectPause() + " ms.");
                lost();
            }
        });
    }

    @Override
    void admit(PeerConnection candidate) {
        detail("proving identity to " + candidate.remote());
    }

    @Override
    void lost() {
        if (!waiting) {
            waiting = true;
            int pause = times().reconnectPause();
            int part = Math.max(1, pause / JITTER_PART);
            loop.schedule(this::start, pause - part + ThreadLocalRandom.current().nextInt(2 * part + 1), TimeUnit.MILLISECONDS);
        }
    }
}
