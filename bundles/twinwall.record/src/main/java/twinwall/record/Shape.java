/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.record;

import java.util.List;
import java.util.Locale;

/** How a value stands in the bytes, without the Java type it comes from: what a layout is made of. */
sealed interface Shape {

    /** The section of an entry that a component is written to. */
    enum Role {
        VALUE, KEY, SOFT
    }

    /** What takes no parameters. */
    enum Plain implements Shape {
        BOOLEAN("a boolean"), FLOAT("a float"), DOUBLE("a double"), TEXT("text"), BYTES("bytes"), ADDRESS("an IP address"),
        IPV4("an IPv4 address"), IPV6("an IPv6 address"), INSTANT("an instant");

        private final String words;

        Plain(String words) {
            this.words = words;
        }

        @Override
        public String words() {
            return words;
        }
    }

    /** Whole number types, with the bytes they have in Java. */
    enum Width {
        BYTE(1), SHORT(2), CHAR(2), INT(4), LONG(8);

        final int bytes;

        Width(int bytes) {
            this.bytes = bytes;
        }

        boolean signed() {
            return this != CHAR;
        }
    }

    /**
     * A whole number.
     *
     * @param fixed how many bytes, unsigned; 0 for the variable length
     */
    record Whole(Width width, int fixed) implements Shape {

        long min() {
            boolean unsigned = !width.signed() || fixed > 0 && fixed < width.bytes;
            return unsigned ? 0 : -1L << width.bytes * 8 - 1;
        }

        long max() {
            int bits = fixed > 0 && fixed < width.bytes ? fixed * 8 : width.bytes * 8 - (width.signed() ? 1 : 0);
            return (1L << bits) - 1;
        }

        @Override
        public String words() {
            return "a whole number (" + width.name().toLowerCase(Locale.ROOT) + (fixed > 0 ? ", " + fixed + " bytes)" : ")");
        }
    }

    /** One of some named constants, written as its position. */
    record Constants(List<String> names) implements Shape {

        @Override
        public String words() {
            return "one of " + some(names);
        }
    }

    /** A record: its components in order. */
    record Fields(List<Field> fields) implements Shape {

        @Override
        public String words() {
            return "a record of " + some(fields.stream().map(Field::name).toList());
        }
    }

    /** A component of a record. */
    record Field(String name, Role role, Shape shape) {
    }

    /** A value or nothing. */
    record Maybe(Shape of) implements Shape {

        @Override
        public String words() {
            return "an optional of " + of.words();
        }
    }

    /** Any number of values. */
    record Many(Shape of) implements Shape {

        @Override
        public String words() {
            return "a list of " + of.words();
        }
    }

    /** For messages to operators, so not too long. */
    String words();

    private static String some(List<String> names) {
        int shown = 8;
        return String.join(", ", names.subList(0, Math.min(shown, names.size()))) + (names.size() > shown ? ", ..." : "");
    }
}
