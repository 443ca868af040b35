/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

import org.osgi.framework.ServiceReference;
import twinwall.group.GroupStatus.MonitoredItemStatus;
import twinwall.group.MonitoredItem;

/** Looks at every {@link MonitoredItem} again and again, and tells who decides on the role whenever the failed ones are others. */
final class MonitoredItems {

    private final Threads threads;
    private final long intervalMillis;
    private final Consumer<List<String>> failed;
    private final Map<ServiceReference<MonitoredItem>, ItemWatch> watches = new ConcurrentHashMap<>();
    private List<String> told = List.of();

    /**
     * Watches nothing yet.
     *
     * @param failed is told the failed items, one line each, whenever they are others than before; not while a caller of this waits
     */
    MonitoredItems(Threads threads, long intervalMillis, Consumer<List<String>> failed) {
        this.threads = threads;
        this.intervalMillis = intervalMillis;
        this.failed = failed;
    }

    void add(ServiceReference<MonitoredItem> reference, MonitoredItem item) {
        ItemWatch watch = new ItemWatch(item);
        watches.put(reference, watch);
        threads.run(() -> look(watch));
    }

    void remove(ServiceReference<MonitoredItem> reference) {
        ItemWatch gone = watches.remove(reference);
        if (gone != null) {
            gone.end();
        }
    }

    private void look(ItemWatch watch) {
        if (watch.look()) {
            threads.after(intervalMillis, () -> look(watch));
        }
    }

    /** Called by the engine's clock: notices items that do not come back, and tells of changes. */
    void tick(long now) {
        watches.values().forEach(watch -> watch.checkDeadline(now));
        List<String> failures = status().stream().filter(item -> !item.works()).map(item -> item.name() + ": " + item.failure()).toList();
        if (!failures.equals(told)) {
            told = failures;
            failed.accept(failures);
        }
    }

    /** Every item that has been looked at, by name. */
    List<MonitoredItemStatus> status() {
        List<MonitoredItemStatus> all = new ArrayList<>();
        watches.entrySet().stream().sorted(Map.Entry.comparingByKey()).forEach(watch -> {
            MonitoredItemStatus status = watch.getValue().status();
            if (status != null) {
                all.add(withNameOfItsOwn(status, all));
            }
        });
        all.sort((one, other) -> one.name().compareTo(other.name()));
        return List.copyOf(all);
    }

    /** Two services may have one name, and both vote; whoever reads the status must be able to tell them apart. */
    private static MonitoredItemStatus withNameOfItsOwn(MonitoredItemStatus status, List<MonitoredItemStatus> others) {
        String name = status.name();
        for (int number = 2; isTaken(name, others); number++) {
            name = status.name() + " (" + number + ")";
        }
        return new MonitoredItemStatus(name, status.works(), status.failure(), status.since());
    }

    private static boolean isTaken(String name, List<MonitoredItemStatus> others) {
        return others.stream().anyMatch(other -> other.name().equals(name));
    }
}
