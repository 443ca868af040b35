/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.record;

import twinwall.record.Shape.Fields;
import twinwall.record.Shape.Role;

/**
 * Reads entries in the layout of one peer. Made by {@link RecordCodec#reader}; immutable, for any number of threads.
 * <p>
 * Bytes may come from anyone: whatever is wrong with them ends in a {@link RecordFormatException}, within bounded memory and time.
 *
 * @param <E> the entry
 */
public final class RecordReader<E extends Record> {

    /** A key, value or soft part of more bytes is not read. */
    static final int MAX_SECTION = 16384;

    private final Class<E> type;
    private final Plan plan;
    private final SectionReader key;
    private final SectionReader value;
    private final SectionReader soft;

    RecordReader(Class<E> type, Plan plan, Fields layout) throws IncompatibleLayoutException {
        this.type = type;
        this.plan = plan;
        Matching.requireSameKey(layout, plan.shape());
        key = Matching.section(layout, Role.KEY, plan);
        value = Matching.section(layout, Role.VALUE, plan);
        soft = Matching.section(layout, Role.SOFT, plan);
    }

    /**
     * Reads an entry.
     *
     * @param softBytes may be empty: soft facts are then at their defaults
     * @throws RecordFormatException when the bytes are not an entry of this layout, or the record's constructor refuses it
     */
    public E entry(byte[] keyBytes, byte[] valueBytes, byte[] softBytes) throws RecordFormatException {
        long[] numbers = plan.newNumbers();
        Object[] objects = plan.newObjects();
        read("key", key, keyBytes, numbers, objects);
        read("value", value, valueBytes, numbers, objects);
        if (softBytes.length > 0) {
            read("soft facts", soft, softBytes, numbers, objects);
        }
        return type.cast(plan.make(numbers, objects));
    }

    /**
     * Reads a key; the other components have their defaults: 0, false, empty text, list or optional, the first constant, address 0,
     * 1970.
     */
    public E keyOnly(byte[] keyBytes) throws RecordFormatException {
        long[] numbers = plan.newNumbers();
        Object[] objects = plan.newObjects();
        read("key", key, keyBytes, numbers, objects);
        return type.cast(plan.make(numbers, objects));
    }

    private void read(String what, SectionReader section, byte[] bytes, long[] numbers, Object[] objects) throws RecordFormatException {
        if (bytes.length > MAX_SECTION) {
            throw new RecordFormatException(message(what) + bytes.length + " bytes are more than " + MAX_SECTION);
        }
        try {
            ByteReader in = new ByteReader(bytes);
            section.read(in, numbers, objects);
            in.end();
        } catch (RecordFormatException e) {
            throw new RecordFormatException(message(what) + e.getMessage(), e);
        }
    }

    private String message(String what) {
        return "The " + what + " of a " + type.getSimpleName() + " cannot be read: ";
    }
}
