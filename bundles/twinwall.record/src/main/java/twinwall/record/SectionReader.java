/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.record;

import java.util.List;
import java.util.Optional;

import twinwall.record.Shape.Whole;

/** Reads one section of an entry, or a record in a list, as the peer laid it out: a list of steps in the order of the bytes. */
final class SectionReader {

    private final Step[] steps;
    private final int bits;

    SectionReader(List<Step> steps, int bits) {
        this.steps = steps.toArray(Step[]::new);
        this.bits = bits;
    }

    /** Reads into the arrays that {@link Plan#make} takes. What is not in the bytes stays as it is. */
    void read(ByteReader in, long[] numbers, Object[] objects) throws RecordFormatException {
        int start = in.bits(bits);
        int done = 0;
        try {
            for (; done < steps.length; done++) {
                steps[done].read(in, start, numbers, objects);
            }
        } catch (RecordFormatException e) {
            throw new RecordFormatException("Component '" + steps[done].path + "': " + e.getMessage(), e);
        }
    }

    /** What a step does. */
    enum Operation {
        BIT, WHOLE, FLOAT, DOUBLE, MAYBE, OBJECT
    }

    /**
     * One component.
     *
     * @param slot where the value goes; negative when nobody here knows the component
     */
    record Step(String path, Operation operation, int slot, int bit, Whole whole, long min, long max, Element.Reading reading) {

        void read(ByteReader in, int bits, long[] numbers, Object[] objects) throws RecordFormatException {
            switch (operation) {
                case BIT -> number(numbers, in.bit(bits, bit) ? 1 : 0);
                case WHOLE -> number(numbers, WholeElement.read(in, whole, min, max));
                case FLOAT -> number(numbers, PlainElement.floatBits(in));
                case DOUBLE -> number(numbers, PlainElement.doubleBits(in));
                case MAYBE -> object(objects, in.bit(bits, bit) ? Optional.of(reading.read(in)) : Optional.empty());
                default -> object(objects, reading.read(in));
            }
        }

        private void number(long[] numbers, long value) {
            if (slot >= 0) {
                numbers[slot] = value;
            }
        }

        private void object(Object[] objects, Object value) {
            if (slot >= 0) {
                objects[slot] = value;
            }
        }
    }
}
