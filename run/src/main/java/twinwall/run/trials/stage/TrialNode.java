/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.trials.stage;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

import twinwall.run.node.PairFolder;
import twinwall.run.pair.NodeApi;
import twinwall.run.pair.NodeApi.Status;
import twinwall.run.pair.NodeProcess;
import twinwall.run.trials.wiring.End;
import twinwall.run.trials.wiring.Wiring;

/** A firewall that can be killed, started again, and stopped for a while. For one thread, but for what says otherwise. */
public final class TrialNode implements AutoCloseable {

    private final End end;
    private final PairFolder.Side side;
    private final Wiring wiring;
    private volatile NodeProcess process;
    private volatile NodeApi api;
    private volatile boolean paused;

    /** Without a process yet. */
    TrialNode(End end, PairFolder.Side side, Wiring wiring) {
        this.end = end;
        this.side = side;
        this.wiring = wiring;
    }

    /** Starts its process, the first one or another. */
    void start() throws IOException {
        // An earlier process had other ports.
        Files.deleteIfExists(side.folder().resolve("management.port"));
        Files.deleteIfExists(side.folder().resolve("packets.port"));
        api = null;
        process = NodeProcess.start(side, Set.of(), wiring.by(end));
    }

    /** Which of the two. */
    public End end() {
        return end;
    }

    /** Its name in the group. */
    public String name() {
        return side.name();
    }

    /** Where it takes packets; null while it does not. For any thread. */
    public InetSocketAddress packets() {
        try {
            int port = process == null || !process.alive() ? 0 : side.packetPort();
            return port == 0 ? null : new InetSocketAddress(wiring.host(end), port);
        } catch (IOException e) {
            return null;
        }
    }

    /**
     * Its status. For any thread.
     *
     * @throws IOException when it does not answer, or is not there or stopped
     */
    public Status status() throws IOException {
        return api().status();
    }

    void switchOver() throws IOException {
        api().switchOver();
    }

    /**
     * Its management API. For any thread.
     *
     * @throws IOException when the firewall is not there or stopped, or has not said yet where that is
     */
    public NodeApi api() throws IOException {
        if (paused || !process.alive()) {
            throw new IOException(name() + (paused ? " is stopped" : " does not run"));
        }
        NodeApi known = api;
        if (known == null) {
            int port = side.managementPort();
            if (port == 0) {
                throw new IOException(name() + " has not said yet where its management API is");
            }
            known = new NodeApi(wiring.host(end), port, side.token());
            api = known;
        }
        return known;
    }

    /** Whether its process is gone although nobody has killed it. */
    public boolean endedByItself() {
        return process != null && process.endedByItself();
    }

    /** Whether its process runs. */
    public boolean alive() {
        return process.alive();
    }

    void kill() throws IOException {
        process.kill();
    }

    void pause() throws IOException {
        paused = true;
        process.pause();
    }

    void resume() throws IOException {
        process.resume();
        paused = false;
    }

    /** Whether its process is stopped. */
    public boolean paused() {
        return paused;
    }

    /** The process that it runs as now. */
    public long pid() {
        return process.pid();
    }

    /** Its log, of all its processes. */
    public Path log() {
        return process.log();
    }

    /** Its config folder. */
    public Path folder() {
        return side.folder();
    }

    /** The last lines of its log, for people. */
    public String tail() {
        return process.tail();
    }

    /** Kills it, and waits until it is gone: it writes to its folder until then. */
    @Override
    public void close() throws IOException {
        if (process != null) {
            process.kill();
        }
    }
}
