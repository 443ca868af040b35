/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.record;

/** Writes values of one Java type, each on its own: as a component, in an optional or in a list. */
abstract class Element {

    /** Reads one value. */
    @FunctionalInterface
    interface Reading {
        Object read(ByteReader in) throws RecordFormatException;
    }

    private final Shape shape;

    Element(Shape shape) {
        this.shape = shape;
    }

    final Shape shape() {
        return shape;
    }

    /**
     * Writes a value.
     *
     * @throws IllegalArgumentException when the bytes cannot hold it
     */
    abstract void write(ByteWriter out, Object value);

    /** What a component has that nobody has given a value. */
    abstract Object initial();

    /** The value for people: a string, number, boolean, list or map. */
    Object describe(Object value) {
        return value.toString();
    }
}
