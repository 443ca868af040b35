/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.hook;

import java.lang.System.Logger.Level;

import twinwall.group.Role;
import twinwall.group.RoleChange;

/**
 * Runs a hook on a thread of its own, one change after the other. While the hook is at work at most one further change waits: the newest,
 * because only the present role matters to the host. What it replaces is skipped, with a line in the log.
 */
final class HookThread implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger("twinwall.hook");

    private final String name;
    private final Hook hook;
    private final Group group;
    private final long farewellMillis;
    private final Thread thread;
    private RoleChange waiting;
    private boolean ending;
    private String lastTold = Told.INITIALIZING;
    private String firewall = "";

    /** The group on this firewall, as far as there is one. Asked on the hook's thread. */
    interface Group {

        /** Name of this firewall, or null when no engine runs. */
        String firewall();

        /** The present role, {@link Role#INITIALIZING} when no engine runs. */
        Role role();
    }

    /**
     * Starts the thread, which first tells the hook that the role is not known when that is so.
     *
     * @param name for the log and the thread
     * @param farewellMillis how long {@link #close} waits for the hook
     */
    HookThread(String name, Hook hook, Group group, long farewellMillis) {
        this.name = name;
        this.hook = hook;
        this.group = group;
        this.farewellMillis = farewellMillis;
        thread = new Thread(this::work, "twinwall-hook-" + name);
        thread.setDaemon(true);
        thread.start();
    }

    /** The role has changed. Returns at once. */
    synchronized void tell(RoleChange change) {
        if (waiting != null) {
            LOG.log(Level.INFO, "Hook '" + name + "' is behind: it skips the change to " + waiting.to().label() + ", for "
                + change.to().label() + " is newer.");
        }
        waiting = change;
        notifyAll();
    }

    private void work() {
        try {
            if (nothingTold() && group.role() == Role.INITIALIZING) {
                run(Told.unknown(firewall()));
            }
            for (RoleChange change = next(); change != null; change = next()) {
                run(Told.of(change, firewall(), lastTold));
            }
            run(Told.stopped(firewall(), lastTold));
        } catch (InterruptedException e) {
            LOG.log(Level.ERROR, "Hook '" + name + "' did not end within " + farewellMillis + " ms and was stopped; the host may still be "
                + "as in role " + lastTold + ".");
        }
    }

    private synchronized boolean nothingTold() {
        return waiting == null;
    }

    /** Null when the hook ends and nothing waits. */
    private synchronized RoleChange next() throws InterruptedException {
        while (waiting == null && !ending) {
            wait();
        }
        RoleChange change = waiting;
        waiting = null;
        return change;
    }

    private String firewall() {
        String known = group.firewall();
        firewall = known == null ? firewall : known;
        return firewall;
    }

    private void run(Told told) throws InterruptedException {
        try {
            hook.roleIs(told);
            LOG.log(Level.DEBUG, "Hook '" + name + "' is done with " + told.oldRole() + " -> " + told.role() + ".");
        } catch (HookFailed | RuntimeException e) {
            LOG.log(Level.ERROR, "Hook '" + name + "' failed on the change to " + told.role() + ": "
                + (e instanceof HookFailed ? e.getMessage() : e.toString())
                + ". The role of the firewall is not affected; the hook runs again at the next change.");
        }
        lastTold = told.role();
    }

    /** Lets the hook do what it was told and say that it ends, then ends the thread. */
    @Override
    public void close() {
        synchronized (this) {
            ending = true;
            notifyAll();
        }
        try {
            thread.join(farewellMillis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        thread.interrupt();
    }
}
