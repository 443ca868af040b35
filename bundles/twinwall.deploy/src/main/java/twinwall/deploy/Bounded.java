/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.deploy;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Calls code that may not come back, each time on a thread of its own. One that is late is interrupted; one that does not heed that is left
 * behind, and so that they cannot become many, nothing is called any more while {@value #MOST_LEFT} are left behind.
 */
final class Bounded {

    static final int MOST_LEFT = 8;
    private static final long GRACE_MILLIS = 1000;

    private final AtomicInteger running = new AtomicInteger();

    /** It did not come back in time. */
    static final class Hung extends Exception {

        private static final long serialVersionUID = 1L;

        Hung(String message) {
            super(message);
        }
    }

    /**
     * Calls it.
     *
     * @param what names the thread
     * @throws Hung when it is late; it may still be under way
     * @throws ExecutionException with what it threw
     */
    <T> T call(String what, long millis, Callable<T> code) throws Hung, ExecutionException, InterruptedException {
        if (running.get() >= MOST_LEFT) {
            throw new Hung(MOST_LEFT + " calls of handlers have not come back. Restart this firewall, the standby first");
        }
        FutureTask<T> task = new FutureTask<>(() -> {
            try {
                return code.call();
            } finally {
                running.decrementAndGet();
            }
        });
        running.incrementAndGet();
        Thread thread = new Thread(task, "twinwall-deploy " + what);
        thread.setDaemon(true);
        thread.start();
        try {
            return task.get(millis, TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            thread.interrupt();
            thread.join(GRACE_MILLIS);
            throw new Hung(what + " did not come back within " + millis + " ms");
        } catch (InterruptedException stopped) {
            thread.interrupt();
            throw stopped;
        }
    }
}
