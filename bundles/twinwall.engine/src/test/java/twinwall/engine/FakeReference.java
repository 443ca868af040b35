/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.engine;

import java.util.Dictionary;
import java.util.Hashtable;
import java.util.concurrent.atomic.AtomicInteger;

import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;

/** A service reference that has a ranking and an order of registration, and nothing else. */
final class FakeReference<S> implements ServiceReference<S> {

    private static final AtomicInteger NEXT = new AtomicInteger();

    private final int ranking;
    private final int id = NEXT.incrementAndGet();

    FakeReference(int ranking) {
        this.ranking = ranking;
    }

    @Override
    public int compareTo(Object other) {
        FakeReference<?> that = (FakeReference<?>) other;
        return ranking != that.ranking ? Integer.compare(ranking, that.ranking) : Integer.compare(that.id, id);
    }

    @Override
    public Object getProperty(String key) {
        return null;
    }

    @Override
    public String[] getPropertyKeys() {
        return new String[0];
    }

    @Override
    public Bundle getBundle() {
        return null;
    }

    @Override
    public Bundle[] getUsingBundles() {
        return new Bundle[0];
    }

    @Override
    public boolean isAssignableTo(Bundle bundle, String className) {
        return true;
    }

    @Override
    public Dictionary<String, Object> getProperties() {
        return new Hashtable<>();
    }

    @Override
    public <A> A adapt(Class<A> type) {
        return null;
    }
}
