/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.trials.traffic;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;

import twinwall.firewall.embedded.port.Answer;
import twinwall.firewall.embedded.port.PacketPortClient;
import twinwall.run.trials.wiring.End;

/**
 * The way for packets into one firewall, pipelined, so that packets wait in front of a firewall that has stopped. Connects by itself, again
 * and again. One thread offers; any may tell that the firewall pauses.
 */
final class FirewallPort implements AutoCloseable {

    /** Past that a firewall is offered no more: what waits must fit into the buffers of its connection. */
    private static final int MOST_WAITING = 6000;
    private static final long RETRY_NANOS = 20_000_000;
    /** A process that was told to stop may go on for a moment. */
    private static final long STOPPING_NANOS = 100_000_000;

    private final End end;
    private final Supplier<InetSocketAddress> where;
    private final Handovers handovers;
    private Connection connection;
    private long retryAt;

    /**
     * Connects later.
     *
     * @param where its packet port; null while that is not known
     */
    FirewallPort(End end, Supplier<InetSocketAddress> where, Handovers handovers) {
        this.end = end;
        this.where = where;
        this.handovers = handovers;
    }

    /** Sends a packet on its way, if there is a firewall. */
    void offer(Packet packet, int side, byte[] frame) {
        Connection open = connection();
        if (open != null) {
            open.offer(packet, side, frame);
        }
    }

    private synchronized Connection connection() {
        if (connection != null && connection.broken()) {
            connection = null;
        }
        if (connection == null && System.nanoTime() >= retryAt) {
            InetSocketAddress address = where.get();
            try {
                connection = address == null ? null : new Connection(new PacketPortClient(address, 0));
            } catch (IOException e) {
                retryAt = System.nanoTime() + RETRY_NANOS;
            }
        }
        return connection;
    }

    /** Its process has been told to stop. */
    synchronized void paused() {
        if (connection != null) {
            connection.pausedAt = System.nanoTime();
        }
    }

    /** Its process is about to go on: whatever waits in front of it is dealt with from now on only. */
    synchronized void resumed() {
        if (connection != null) {
            connection.resumed();
        }
    }

    @Override
    public synchronized void close() {
        if (connection != null) {
            connection.fail();
        }
    }

    /** A packet that has not been answered, and when it can have been dealt with at the earliest. */
    private record Waiting(Packet packet, long earliest) {
    }

    private final class Connection {

        private final PacketPortClient client;
        private final Deque<Waiting> waiting = new ArrayDeque<>();
        private boolean broken;
        private long pausedAt;

        Connection(PacketPortClient client) {
            this.client = client;
            Thread reader = new Thread(this::read, "trials-answers-" + end);
            reader.setDaemon(true);
            reader.start();
        }

        synchronized boolean broken() {
            return broken;
        }

        void offer(Packet packet, int side, byte[] frame) {
            synchronized (this) {
                if (broken || waiting.size() >= MOST_WAITING) {
                    return;
                }
                packet.offered();
                waiting.add(new Waiting(packet, packet.sent()));
            }
            try {
                client.post(0, side, frame);
                client.flush();
            } catch (IOException e) {
                fail();
            }
        }

        private void read() {
            try {
                while (true) {
                    Answer answer = client.take();
                    Waiting oldest;
                    synchronized (this) {
                        oldest = waiting.poll();
                    }
                    if (oldest == null) {
                        return;
                    }
                    if (answer.forwarded()) {
                        handovers.forwarded(end, oldest.earliest, System.nanoTime());
                    }
                    oldest.packet.answered(answer);
                }
            } catch (IOException e) {
                fail();
            }
        }

        synchronized void resumed() {
            long now = System.nanoTime();
            for (int i = waiting.size(); i > 0; i--) {
                Waiting each = waiting.remove();
                boolean sentAfterTheStop = each.packet.sent() > pausedAt + STOPPING_NANOS;
                waiting.add(sentAfterTheStop ? new Waiting(each.packet, now) : each);
            }
        }

        void fail() {
            synchronized (this) {
                broken = true;
                waiting.forEach(each -> each.packet.answered(null));
                waiting.clear();
            }
            try {
                client.close();
            } catch (IOException e) {
                // It is given up in any case.
            }
        }
    }
}
