/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.bench;

import java.lang.management.ManagementFactory;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import javax.management.NotificationEmitter;
import javax.management.openmbean.CompositeData;

/**
 * The longest stops of this process since it was asked for the first time: as the collectors report them, and as a thread feels them that
 * wants to wake every 10 ms, which counts a machine without a free core, too.
 */
final class Pauses {

    private static final long STEP_NANOS = 10_000_000;

    private volatile long collectionMillis;
    private volatile long lateNanos;

    Pauses() {
        ManagementFactory.getGarbageCollectorMXBeans().forEach(bean -> {
            if (bean instanceof NotificationEmitter emitter) {
                emitter.addNotificationListener((notification, handback) ->
                        collected((CompositeData) notification.getUserData()), null, null);
            }
        });
        Thread thread = new Thread(this::watch, "twinwall-bench-pauses");
        thread.setDaemon(true);
        thread.start();
    }

    /** As {@code GarbageCollectionNotificationInfo} lays it out; a concurrent collector reports its pauses as a bean of their own. */
    private synchronized void collected(CompositeData notice) {
        long millis = (Long) ((CompositeData) notice.get("gcInfo")).get("duration");
        if (!String.valueOf(notice.get("gcName")).endsWith("Cycles")) {
            collectionMillis = Math.max(collectionMillis, millis);
        }
    }

    private void watch() {
        while (true) {
            long before = System.nanoTime();
            LockSupport.parkNanos(STEP_NANOS);
            lateNanos = Math.max(lateNanos, System.nanoTime() - before - STEP_NANOS);
        }
    }

    Answer answer() {
        String collectors = ManagementFactory.getGarbageCollectorMXBeans().stream().map(bean -> bean.getName().replace(' ', '-'))
                .collect(Collectors.joining("+"));
        return new Answer().with("collectionMillis", collectionMillis).with("lateMicros", lateNanos / 1000).with("collector", collectors);
    }
}
