/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.deploy;

import java.lang.System.Logger.Level;

/**
 * Looks at the drop folder, again and again, on a thread of its own. What goes wrong unexpectedly ends one look and is told, once while
 * it stays the same; the next look is made all the same.
 */
final class FolderWatch {

    private static final System.Logger LOG = System.getLogger(DeployConfig.PID);
    private static final long TRIAL_LOOK_MILLIS = 100;
    private static final long END_MILLIS = 3000;

    private final Looks looks;
    private final long pollMillis;
    private final Thread thread = new Thread(this::work, "twinwall-deploy");
    private long nextPass = System.nanoTime();
    private String trouble = "";
    private volatile boolean over;

    /** What is done at a look. */
    interface Looks {

        /** Whether there is somebody to install handlers for. */
        boolean wanted();

        /** Makes the framework what the folder says. */
        void pass() throws InterruptedException;

        /** Looks at updates on trial; answers whether there still are any. */
        boolean watch() throws InterruptedException;
    }

    FolderWatch(Looks looks, long pollMillis) {
        this.looks = looks;
        this.pollMillis = pollMillis;
        thread.setDaemon(true);
    }

    void begin() {
        thread.start();
    }

    private void work() {
        try {
            while (!over) {
                boolean trials = false;
                try {
                    trials = look();
                    trouble = "";
                } catch (RuntimeException | Error e) {
                    complain(e);
                }
                Thread.sleep(trials ? Math.min(TRIAL_LOOK_MILLIS, pollMillis) : pollMillis);
            }
        } catch (InterruptedException e) {
            // it ends
        }
    }

    private boolean look() throws InterruptedException {
        if (!looks.wanted()) {
            return false;
        }
        if (System.nanoTime() - nextPass >= 0) {
            try {
                looks.pass();
            } finally {
                nextPass = System.nanoTime() + pollMillis * 1_000_000;
            }
        }
        return looks.watch();
    }

    private void complain(Throwable e) {
        // Whatever ends may make the last look fail.
        if (!over && !e.toString().equals(trouble)) {
            trouble = e.toString();
            LOG.log(Level.ERROR, "A look at the drop folder failed. What is installed goes on, and the folder is looked at again in "
                + pollMillis + " ms; if this line comes again, tell who made this firewall", e);
        }
    }

    /** Ends it, and waits for a look under way, for a while. */
    void end() throws InterruptedException {
        over = true;
        thread.interrupt();
        thread.join(END_MILLIS);
    }
}
