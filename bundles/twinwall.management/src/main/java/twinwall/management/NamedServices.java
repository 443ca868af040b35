/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.management;

import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

import org.osgi.framework.ServiceReference;

/**
 * The services of one type that are there at the moment, by name. Of two with one name the one with the higher ranking counts. Safe for
 * threads.
 *
 * @param <S> the type
 */
final class NamedServices<S> {

    private final String property;
    private final Map<ServiceReference<S>, S> present = new ConcurrentHashMap<>();

    /** Services whose name is that service property. */
    NamedServices(String property) {
        this.property = property;
    }

    void add(ServiceReference<S> reference, S service) {
        present.put(reference, service);
    }

    void remove(ServiceReference<S> reference) {
        present.remove(reference);
    }

    /** Ordered by name. */
    Map<String, S> byName() {
        Map<String, S> byName = new TreeMap<>();
        present.entrySet().stream().sorted(Map.Entry.comparingByKey(Comparator.naturalOrder()))
            .forEach(entry -> byName.put(String.valueOf(entry.getKey().getProperty(property)), entry.getValue()));
        return byName;
    }
}
