/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.local;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A bounded number of things that are in use: one that was not used for a time is forgotten, and so is the one that was not used for
 * longest when there is no room. Under the firewall's lock only.
 *
 * @param <K> the key; a seeded one where strangers choose it
 * @param <V> the value
 */
final class Recent<K, V> {

    private final int most;
    private final long idleMicros;
    private final Map<K, Used<V>> used = new LinkedHashMap<>(16, 0.75f, true);

    /** A value and when it was used last. */
    private static final class Used<V> {

        private final V value;
        private long micros;

        private Used(V value) {
            this.value = value;
        }
    }

    Recent(int most, int idleSeconds) {
        this.most = most;
        this.idleMicros = idleSeconds * 1_000_000L;
    }

    /** The value, now used; made when there is none. */
    V use(K key, long now, Function<? super K, ? extends V> make) {
        forgetIdle(now);
        Used<V> found = used.get(key);
        if (found == null) {
            if (used.size() >= most) {
                Iterator<?> oldest = used.values().iterator();
                oldest.next();
                oldest.remove();
            }
            found = new Used<>(make.apply(key));
            used.put(key, found);
        }
        found.micros = now;
        return found.value;
    }

    /** The value as it is, or {@code null}; it counts as used only as far as the order goes. */
    V find(K key) {
        Used<V> found = used.get(key);
        return found == null ? null : found.value;
    }

    /** How many are in use, after those whose key is gone were forgotten. */
    int size(long now, Predicate<? super K> here) {
        used.keySet().removeIf(here.negate());
        return size(now);
    }

    void remove(K key) {
        used.remove(key);
    }

    /** How many are in use. */
    int size(long now) {
        forgetIdle(now);
        return used.size();
    }

    private void forgetIdle(long now) {
        Iterator<Used<V>> oldest = used.values().iterator();
        while (oldest.hasNext() && now - oldest.next().micros >= idleMicros) {
            oldest.remove();
        }
    }
}
