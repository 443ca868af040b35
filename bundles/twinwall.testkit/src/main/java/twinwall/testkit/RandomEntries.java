/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.testkit;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.Stream;

import twinwall.record.Fixed;
import twinwall.record.Soft;

/**
 * Entries of a record class at random, the same ones for the same seed: every component anything that can be written, see
 * {@link twinwall.record.RecordCodec}, as far as the record's constructor takes it. Where samples are given, some components are theirs, so
 * that records whose constructors are strict vary too. For one thread.
 *
 * @param <E> the entry
 */
public final class RandomEntries<E extends Record> {

    private static final int ATTEMPTS = 300;

    private final Class<E> type;
    private final RecordComponent[] components;
    private final List<E> samples;
    private final Random random;
    private final RandomValues values;

    /** Entries around the samples; there may be none. */
    public RandomEntries(Class<E> type, long seed, List<E> samples) {
        this.type = type;
        this.samples = List.copyOf(samples);
        components = type.getRecordComponents();
        random = new Random(seed);
        values = new RandomValues(random);
    }

    /**
     * One more entry.
     *
     * @throws IllegalStateException when the constructor takes none of many and there are no samples
     */
    public E next() {
        return vary(samples.isEmpty() ? null : samples.get(random.nextInt(samples.size())), component -> true);
    }

    /** The same entry with other soft facts; the entry itself when its constructor takes no others. */
    public E withOtherSoft(E entry) {
        return vary(entry, component -> component.isAnnotationPresent(Soft.class));
    }

    /** A copy in which the components that may differ do: at first all, then half of them, in the end a single one. */
    private E vary(E base, Predicate<RecordComponent> mayDiffer) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Object[] arguments = new Object[components.length];
            int single = random.nextInt(components.length);
            for (int i = 0; i < arguments.length; i++) {
                boolean varies = attempt < ATTEMPTS / 10 || (attempt < ATTEMPTS / 3 ? random.nextBoolean() : i == single);
                boolean kept = base != null && (!varies || !mayDiffer.test(components[i]));
                arguments[i] = kept ? read(components[i], base) : value(components[i]);
            }
            E entry = make(type, arguments);
            if (entry != null) {
                return entry;
            }
        }
        if (base == null) {
            throw new IllegalStateException("The constructor of " + type.getName() + " takes none of " + ATTEMPTS + " random entries");
        }
        return base;
    }

    private Object value(RecordComponent component) {
        Fixed fixed = component.getAnnotation(Fixed.class);
        return values.next(component.getGenericType(), fixed == null ? 0 : fixed.value());
    }

    static Object read(RecordComponent component, Record entry) {
        try {
            return component.getAccessor().invoke(entry);
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(component + " cannot be read: are the record and its package public?", e);
        }
    }

    /** Null when the constructor refuses the arguments. */
    static <R> R make(Class<R> type, Object[] arguments) {
        Class<?>[] types = Stream.of(type.getRecordComponents()).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            Constructor<R> constructor = type.getDeclaredConstructor(types);
            return constructor.newInstance(arguments);
        } catch (InvocationTargetException e) {
            return null;
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(type + " cannot be made: are the record and its package public?", e);
        }
    }
}
