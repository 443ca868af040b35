/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.monitor;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;

import twinwall.group.MonitoredItem;
import twinwall.host.WholeFile;

/**
 * A VRRP instance as an item that works only while it is MASTER here. The firewall whose keepalived is MASTER has the higher priority then
 * (with equal ones configured), so the active role goes where the virtual address is, as soon as that firewall is ready. Every other
 * state counts as failed, and so does an unknown one: on both firewalls alike it moves nothing.
 */
final class VrrpItem implements MonitoredItem, AutoCloseable {

    private static final System.Logger LOG = System.getLogger("twinwall.monitor");

    private final NotifyFifo fifo;
    private final Path stateFile;
    private final VrrpNotice.Kind kind;
    private final String instance;
    private String state;
    private boolean complained;

    /** The state before this process began is in {@code stateFile}, if anywhere: keepalived tells of changes only. */
    VrrpItem(NotifyFifo fifo, Path stateFile, VrrpNotice.Kind kind, String instance) {
        this.fifo = fifo;
        this.stateFile = stateFile;
        this.kind = kind;
        this.instance = instance;
    }

    @Override
    public String name() {
        return "keepalived " + instance;
    }

    @Override
    public synchronized String failure() {
        if (state == null) {
            state = kept();
        }
        try {
            fifo.lines().forEach(this::heard);
        } catch (IOException e) {
            return "keepalived is not heard: " + e.getMessage();
        }
        if (state.isEmpty()) {
            return "keepalived has not told the state of " + instance;
        }
        return state.equals("MASTER") ? "" : instance + " is " + state;
    }

    private void heard(String line) {
        VrrpNotice.read(line).filter(notice -> notice.kind() == kind && notice.name().equals(instance) && notice.isState())
            .ifPresent(notice -> {
                state = notice.state();
                keep();
            });
    }

    private String kept() {
        try {
            return Files.exists(stateFile) ? Files.readString(stateFile).strip() : "";
        } catch (IOException e) {
            return "";
        }
    }

    private void keep() {
        try {
            WholeFile.write(stateFile, state + "\n");
        } catch (IOException e) {
            if (!complained) {
                complained = true;
                LOG.log(Level.WARNING, "The state of VRRP instance " + instance + " cannot be kept in " + stateFile + ": " + e
                    + ". After a restart this firewall does not know it until keepalived tells of a change.");
            }
        }
    }

    @Override
    public synchronized void close() {
        try {
            fifo.close();
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "FIFO " + fifo.path() + " failed when it was closed: " + e);
        }
    }
}
