/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.engine;

import java.time.Duration;
import java.time.Instant;

import twinwall.group.GroupStatus.MonitoredItemStatus;
import twinwall.group.MonitoredItem;

/** One {@link MonitoredItem} at work: what it said last, and since when. Logs one line when it begins to fail or works again. */
final class ItemWatch {

    /** An item that does not return within this has failed. */
    static final long DEADLINE_MILLIS = 5000;

    private static final System.Logger LOG = System.getLogger("twinwall.engine");
    private static final int LONGEST_NAME = 64;
    private static final int LONGEST_FAILURE = 200;

    private final MonitoredItem item;
    private final CallWatch call = new CallWatch();
    private String name;
    private MonitoredItemStatus status;
    /** The present look has taken too long: whatever it will say is old. */
    private boolean late;
    private boolean ended;
    private Thread asking;

    ItemWatch(MonitoredItem item) {
        this.item = item;
        // Until it has said its own: it may hang when it is asked for it.
        this.name = line(item.getClass().getName(), LONGEST_NAME);
    }

    /** The service is gone: what it may still say does not count, and nobody waits for it. */
    synchronized void end() {
        ended = true;
        if (asking != null) {
            asking.interrupt();
        }
    }

    /** Asks the item, on the calling thread, however long that takes. Answers whether it should be asked again. */
    boolean look() {
        if (!begin()) {
            return false;
        }
        String failure;
        try {
            named(item.name());
            String answer = item.failure();
            failure = answer == null ? "" : line(answer, LONGEST_FAILURE);
        } catch (RuntimeException | LinkageError e) {
            failure = line("it cannot be looked at: " + e, LONGEST_FAILURE);
        }
        return returned(failure);
    }

    private synchronized boolean begin() {
        if (ended) {
            return false;
        }
        asking = Thread.currentThread();
        call.enter();
        return true;
    }

    private synchronized void named(String ownName) {
        if (ownName != null && !ownName.isBlank()) {
            name = line(ownName, LONGEST_NAME);
        }
    }

    private synchronized boolean returned(String failure) {
        call.leave();
        asking = null;
        if (ended) {
            // The thread goes back to others.
            Thread.interrupted();
            return false;
        }
        if (!late) {
            turned(failure);
        }
        late = false;
        return true;
    }

    /** Called by the clock. */
    synchronized void checkDeadline(long now) {
        if (!late && !ended && call.millis(now) > DEADLINE_MILLIS) {
            late = true;
            turned("no answer within " + DEADLINE_MILLIS + " ms");
        }
    }

    private void turned(String failure) {
        boolean works = failure.isEmpty();
        MonitoredItemStatus before = status;
        boolean same = before != null && before.works() == works;
        Instant since = same ? before.since() : Instant.now();
        status = new MonitoredItemStatus(name, works, failure, since);
        if (same) {
            return;
        }
        if (!works) {
            LOG.log(System.Logger.Level.WARNING, "Monitored item ''{0}'' failed: {1}. It lowers the priority of this firewall by 2 "
                    + "until it works.", name, failure);
        } else if (before != null) {
            LOG.log(System.Logger.Level.INFO, "Monitored item ''{0}'' works again, after {1} s.", name,
                    Long.toString(Duration.between(before.since(), since).toSeconds()));
        }
    }

    /** As it was when it was looked at last; null when it has not been yet. */
    synchronized MonitoredItemStatus status() {
        return status;
    }

    private static String line(String text, int longest) {
        String line = text.replaceAll("\\p{Cntrl}+", " ").strip();
        return line.length() <= longest ? line : line.substring(0, longest - 3) + "...";
    }
}
