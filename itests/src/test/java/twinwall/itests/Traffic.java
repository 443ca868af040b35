/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.itests;

import static org.junit.Assert.assertEquals;
import static twinwall.itests.Eventually.eventually;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

import twinwall.firewall.embedded.port.Answer;
import twinwall.firewall.embedded.port.PacketPortClient;

/**
 * Connections whose packets flow without end. A packet that one firewall refuses because it stands by goes to the other one, as a switch
 * would send it; any other drop is a lost packet.
 */
final class Traffic implements AutoCloseable {

    private static final int CONNECTIONS = 20;
    private static final int FIRST_PORT = 20_000;

    private final Queue<String> lost = new ConcurrentLinkedQueue<>();
    private final AtomicLong sent = new AtomicLong();
    private final List<PacketPortClient> ways = new ArrayList<>();
    private final List<TcpFlow> connections = new ArrayList<>();
    private final Thread thread = new Thread(this::flow, "traffic");
    private volatile boolean over;
    private int way;

    private Traffic(Firewall... through) throws IOException {
        for (Firewall firewall : through) {
            ways.add(firewall.packets());
        }
        for (int i = 0; i < CONNECTIONS; i++) {
            connections.add((i % 2 == 0 ? TcpFlow.v4(FIRST_PORT + i) : TcpFlow.translated(FIRST_PORT + i)).open(ways.get(0)));
        }
    }

    /** Begins, through the first firewall as long as that one forwards. */
    static Traffic through(Firewall... firewalls) throws IOException {
        Traffic traffic = new Traffic(firewalls);
        traffic.thread.start();
        traffic.goesOn();
        return traffic;
    }

    /** Waits until every connection has had packets since the call. */
    void goesOn() {
        long enough = sent.get() + 4L * CONNECTIONS;
        eventually("packets flow; lost so far: " + lost, () -> sent.get() > enough);
    }

    void assertNothingLost() {
        assertEquals(List.of(), List.copyOf(lost));
    }

    private void flow() {
        try {
            for (int i = 0; !over; i++) {
                TcpFlow connection = connections.get(i % CONNECTIONS);
                deliver(connection::send);
                deliver(connection::reply);
            }
        } catch (IOException e) {
            lost.add(e.toString());
        }
    }

    private void deliver(Packet packet) throws IOException {
        Answer answer = packet.send(ways.get(way));
        while (!over && answer.reason().equals("standby")) {
            way = (way + 1) % ways.size();
            Thread.onSpinWait();
            answer = packet.send(ways.get(way));
        }
        sent.incrementAndGet();
        if (!over && !answer.forwarded()) {
            lost.add(answer.reason());
        }
    }

    @Override
    public void close() throws IOException {
        over = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        for (PacketPortClient each : ways) {
            each.close();
        }
    }

    private interface Packet {
        Answer send(PacketPortClient via) throws IOException;
    }
}
