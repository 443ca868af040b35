/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.link.netty;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.logging.Logger;

import io.netty.channel.EventLoopGroup;
import twinwall.link.Connection;
import twinwall.link.Conversation;
import twinwall.link.LinkUser;
import twinwall.settings.UnusableConfiguration;

/** One end of a link under test: {@code fw-a} connects, {@code fw-b} listens. */
final class Firewall implements LinkUser, AutoCloseable {

    static final LinkSettings.Times FAST = new LinkSettings.Times(1_000, 20, 5_000, 10_000);

    /** What a link says while the tests provoke it would bury a failure. Held here, because the JDK forgets loggers that nobody holds. */
    static final Logger SAID = Logger.getLogger("twinwall.link.netty");

    static {
        SAID.setUseParentHandlers(false);
    }

    final NettyLink link;

    private final boolean connects;
    private final BlockingQueue<Talk> talks = new LinkedBlockingQueue<>();
    private final AutoCloseable opened;
    private final Function<Connection, Talk> talkers;

    private Firewall(EventLoopGroup group, boolean connects, LinkSettings settings, Function<Connection, Talk> talkers)
        throws UnusableConfiguration {
        this.connects = connects;
        this.talkers = talkers;
        this.link = new NettyLink(settings, group);
        this.opened = link.open(this);
    }

    /** Listens on any free port; returns when it does. */
    static Firewall listening(EventLoopGroup group, LinkSettings.KeyFiles keys, LinkSettings.Times times) throws UnusableConfiguration {
        return listening(group, keys, times, 0, Talk::new);
    }

    static Firewall listening(EventLoopGroup group, LinkSettings.KeyFiles keys, LinkSettings.Times times, int port,
        Function<Connection, Talk> talkers) throws UnusableConfiguration {
        Firewall firewall = new Firewall(group, false,
            new LinkSettings("b", 0, new InetSocketAddress("127.0.0.1", port), null, false, keys, times), talkers);
        await("listening", () -> firewall.port() > 0);
        return firewall;
    }

    static Firewall connecting(EventLoopGroup group, LinkSettings.KeyFiles keys, int port) throws UnusableConfiguration {
        return connecting(group, keys, port, FAST);
    }

    static Firewall connecting(EventLoopGroup group, LinkSettings.KeyFiles keys, int port, LinkSettings.Times times)
        throws UnusableConfiguration {
        return new Firewall(group, true,
            new LinkSettings("a", 0, null, new InetSocketAddress("127.0.0.1", port), false, keys, times), Talk::new);
    }

    /** Waits for a condition, ten seconds at most. */
    static void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited in vain for: " + what).isLessThan(end);
            LockSupport.parkNanos(500_000);
        }
    }

    int port() {
        return link.listeningPort();
    }

    /** The conversation of the next connection. */
    Talk talk() throws InterruptedException {
        Talk talk = talks.poll(10, TimeUnit.SECONDS);
        assertThat(talk).as("a connection").isNotNull();
        return talk;
    }

    boolean nobodyCame() {
        return talks.isEmpty();
    }

    long refused(String reason) {
        return link.report().refused().getOrDefault(reason, 0L);
    }

    void awaitRefused(String reason, long times) {
        await(reason + " in " + link.report(), () -> refused(reason) >= times);
        assertThat(refused(reason)).isEqualTo(times);
    }

    @Override
    public String localFirewall() {
        return connects ? "fw-a" : "fw-b";
    }

    @Override
    public String peerFirewall() {
        return connects ? "fw-b" : "fw-a";
    }

    @Override
    public Conversation connected(Connection connection) {
        Talk talk = talkers.apply(connection);
        talks.add(talk);
        return talk;
    }

    @Override
    public void close() throws Exception {
        opened.close();
    }
}
