/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.link.netty;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.util.concurrent.TimeUnit;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import twinwall.link.LinkUser;

/**
 * The side that listens. Whoever has not proved itself costs little: at most {@link #MAX_CANDIDATES} at a time, of which the oldest
 * gives way, and at most {@link #MAX_PER_SECOND} new ones a second, so that their handshakes leave the event loop to the live connection.
 */
final class ListeningLink extends OpenLink {

    static final int MAX_CANDIDATES = 8;
    static final int MAX_PER_SECOND = 32;

    private static final int BACKLOG = 16;

    private volatile int port = -1;
    private ServerSocketChannel socket;
    private long second;
    private int inThisSecond;

    ListeningLink(EventLoop loop, LinkSettings settings, TlsIdentity identity, LinkUser user) {
        super(loop, settings, identity, user);
    }

    /** The port that it listens on; -1 while it does not. */
    int port() {
        return port;
    }

    @Override
    boolean connects() {
        return false;
    }

    @Override
    boolean released() {
        return socket == null || !socket.isRegistered();
    }

    private NioServerSocketChannel newSocket() {
        try {
            socket = ServerSocketChannel.open();
            return new NioServerSocketChannel(socket);
        } catch (IOException failed) {
            throw new ChannelException(failed);
        }
    }

    @Override
    void start() {
        if (closing()) {
            return;
        }
        ChannelFuture bound = new ServerBootstrap().group(loop, loop).channelFactory(this::newSocket)
            .option(ChannelOption.SO_REUSEADDR, true).option(ChannelOption.SO_BACKLOG, BACKLOG)
            .option(ChannelOption.SO_RCVBUF, Sockets.RECEIVE_BUFFER)
            .childOption(ChannelOption.TCP_NODELAY, true).childOption(ChannelOption.SO_SNDBUF, FrameWriter.SEND_BUFFER)
            .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, Sockets.WATER_MARK)
            .childHandler(pipeline()).bind(settings.listen());
        track(bound.channel());
        bound.addListener(done -> {
            if (done.isSuccess()) {
                port = ((InetSocketAddress) bound.channel().localAddress()).getPort();
                detail("listening on " + where(port));
                refusals.say(Level.INFO, "listening", "listening on " + where(port) + ".");
            } else if (!closing()) {
                String line = "cannot listen on " + where(settings.listen().getPort()) + ": " + done.cause().getMessage();
                detail(line);
                refusals.say(Level.ERROR, "bind", line + ". Free the port or correct listen_address and listen_port. Trying again.");
                loop.schedule(this::start, times().reconnectPause(), TimeUnit.MILLISECONDS);
            }
        });
    }

    @Override
    void admit(PeerConnection candidate) {
        long now = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime());
        if (now != second) {
            second = now;
            inThisSecond = 0;
        }
        if (++inThisSecond > MAX_PER_SECOND) {
            candidate.refuse(ClosedBecause.refused("too-many-connections", "more than " + MAX_PER_SECOND + " in a second"));
        } else if (candidates().size() > MAX_CANDIDATES) {
            candidates().iterator().next().refuse(ClosedBecause.refused("too-many-handshakes",
                "more than " + MAX_CANDIDATES + " at a time, the oldest gives way"));
        }
    }

    @Override
    void lost() {
        // It still listens.
    }

    private String where(int number) {
        return settings.listen().getAddress().getHostAddress() + ":" + number;
    }
}
