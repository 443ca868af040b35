/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.bench;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongConsumer;

import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;

/**
 * A table of numbers, each with the time of its last change: nanoseconds of this machine's monotonic clock, which all processes share.
 * The firewall where an entry comes in from the peer subtracts, and knows how long the change was under way.
 */
@Component(service = LatencyTable.class, configurationPid = BenchPort.PID, configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class LatencyTable {

    /** Numbers run from 0 to this. */
    public static final int NUMBERS = 10_000;

    private final Map<Long, Long> changed = new ConcurrentHashMap<>();
    private final List<Watch> watches = new CopyOnWriteArrayList<>();
    private final Latencies latencies = new Latencies();

    /** Hears of changes made here. */
    interface Watcher {
        void changed(long number, long nanos);
    }

    /** Changes a number now and tells who watches. */
    void change(long number) {
        long nanos = System.nanoTime();
        changed.put(number, nanos);
        watches.forEach(watch -> watch.changed(number, nanos));
    }

    /** Takes a change in that the peer made; usable from the moment that is measured. */
    void restore(long number, long nanos) {
        changed.put(number, nanos);
        latencies.add(System.nanoTime() - nanos);
    }

    void forget(long number) {
        changed.remove(number);
    }

    void visit(LongConsumer numbers) {
        changed.keySet().forEach(numbers::accept);
    }

    /** When the number was changed, or null when there is none. */
    Long nanos(long number) {
        return changed.get(number);
    }

    AutoCloseable watch(Watcher watcher) {
        Watch watch = new Watch(watcher);
        watches.add(watch);
        return () -> {
            watches.remove(watch);
            watch.end();
        };
    }

    Latencies latencies() {
        return latencies;
    }

    int size() {
        return changed.size();
    }

    /** One watcher; a change that is just being told ends before {@link #end} does. */
    private static final class Watch {

        private final Watcher watcher;
        private boolean over;

        Watch(Watcher watcher) {
            this.watcher = watcher;
        }

        synchronized void changed(long number, long nanos) {
            if (!over) {
                watcher.changed(number, nanos);
            }
        }

        synchronized void end() {
            over = true;
        }
    }
}
