/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.trials.failure;

import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;

import twinwall.run.pair.NodeApi.Status;
import twinwall.run.trials.wiring.End;
import twinwall.run.trials.wiring.Wire;

/** The pair under traffic, for one failure. Every wait is bounded. For one thread. */
public interface Scene {

    /** Who was active when it began. */
    End active();

    /** The round's own choice of what it leaves open. */
    Random random();

    /** The heartbeat links' cables. */
    List<Wire> wires();

    /** The cable of the link that carries the data. */
    Wire running() throws IOException;

    /** How long a firewall may be silent before its peer takes it for dead. */
    long silenceMillis();

    /** How long a firewall shall be stopped. */
    long stopMillis();

    /** The failure happens now: sessions that are due or confirmed later are judged as later. */
    void strikes();

    /** SIGKILL. */
    void kill(End end) throws IOException;

    /** Starts a killed one again; does not wait for it. */
    void restart(End end) throws IOException;

    /** SIGSTOP. */
    void pause(End end) throws IOException;

    /** SIGCONT. */
    void resume(End end) throws IOException;

    /** Asks the firewall for a planned switchover to its peer, and waits for it. */
    void switchOver(End from) throws IOException;

    /** Waits until that firewall's status is as wanted. */
    void await(End end, String what, Predicate<Status> wanted) throws NotAsExpectedException;

    /** Waits until that firewall has this role. */
    default void awaitRole(End end, String role) throws NotAsExpectedException {
        await(end, role, status -> status.role().equals(role));
    }

    /** That firewall's status. */
    Status status(End end) throws IOException;

    /** Lets so many more packets go. */
    void letPass(int packets) throws NotAsExpectedException;

    /** Lets so much time go by under traffic, for what must not happen meanwhile. */
    void letPassMillis(long millis) throws NotAsExpectedException;

    /** Lets no more conversations begin, so that the peer can have everything. */
    void noMoreConversations();

    /** Tries every conversation, now. */
    void checkConversations() throws IOException;

    /** Notes a fault unless that holds; the round goes on. */
    void expect(boolean holds, String otherwise);

    /** State of a link as a firewall sees it, {@code none} when it has none of that name. */
    static String linkState(Status status, Wire wire) {
        for (var each : status.json().getAsJsonArray("links")) {
            if (each.getAsJsonObject().get("name").getAsString().equals(wire.link())) {
                return each.getAsJsonObject().get("state").getAsString();
            }
        }
        return "none";
    }

    /** Whether that link carries hellos, as the firewall sees it. */
    static boolean up(Status status, Wire wire) {
        return List.of("running", "ready").contains(linkState(status, wire));
    }
}
