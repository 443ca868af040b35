/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.record;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

import twinwall.record.Shape.Constants;
import twinwall.record.Shape.Many;
import twinwall.record.Shape.Maybe;
import twinwall.record.Shape.Plain;
import twinwall.record.Shape.Whole;
import twinwall.record.Shape.Width;

/** Types that are made of others, and the element of a Java type. */
final class Elements {

    private Elements() {
    }

    /** One of an enumeration's constants. */
    static final class OfConstants extends Element {

        final Object[] constants;

        OfConstants(Class<?> type) {
            super(new Constants(Stream.of(type.getEnumConstants()).map(constant -> ((Enum<?>) constant).name()).toList()));
            constants = type.getEnumConstants();
        }

        @Override
        void write(ByteWriter out, Object value) {
            out.unsigned(((Enum<?>) value).ordinal());
        }

        @Override
        Object initial() {
            return constants[0];
        }

        @Override
        Object describe(Object value) {
            return ((Enum<?>) value).name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** A value or nothing. */
    static final class OfMaybe extends Element {

        final Element of;

        OfMaybe(Element of) {
            super(new Maybe(of.shape()));
            this.of = of;
        }

        @Override
        void write(ByteWriter out, Object value) {
            Optional<?> optional = (Optional<?>) value;
            out.octet(optional.isPresent() ? 1 : 0);
            if (optional.isPresent()) {
                of.write(out, optional.get());
            }
        }

        @Override
        Object initial() {
            return Optional.empty();
        }

        @Override
        Object describe(Object value) {
            return ((Optional<?>) value).<Object>map(of::describe).orElse("");
        }
    }

    /** Any number of values. */
    static final class OfMany extends Element {

        final Element of;

        OfMany(Element of) {
            super(new Many(of.shape()));
            this.of = of;
        }

        @Override
        void write(ByteWriter out, Object value) {
            List<?> list = (List<?>) value;
            out.unsigned(list.size());
            for (Object each : list) {
                of.write(out, each);
            }
        }

        @Override
        Object initial() {
            return List.of();
        }

        @Override
        Object describe(Object value) {
            List<Object> described = new ArrayList<>();
            ((List<?>) value).forEach(each -> described.add(of.describe(each)));
            return described;
        }
    }

    /** A record in an optional or a list. */
    static final class OfRecord extends Element {

        final Plan plan;
        private final SectionWriter writer;

        OfRecord(Plan plan) {
            super(plan.shape());
            this.plan = plan;
            writer = SectionWriter.all(plan);
        }

        @Override
        void write(ByteWriter out, Object value) {
            writer.write(out, value);
        }

        @Override
        Object initial() {
            throw new IllegalStateException("A record is a component of its own, or stands in an optional or a list");
        }

        @Override
        Object describe(Object value) {
            return plan.describe(value);
        }
    }

    /**
     * The element of a Java type.
     *
     * @param where names the component in messages
     * @throws IllegalArgumentException when the type is not supported
     */
    static Element of(Type type, int fixed, int depth, String where) {
        if (depth > LayoutFormat.MAX_DEPTH) {
            throw new IllegalArgumentException(where + " is nested deeper than " + LayoutFormat.MAX_DEPTH);
        }
        if (type instanceof ParameterizedType generic && generic.getRawType() == Optional.class) {
            return new OfMaybe(of(generic.getActualTypeArguments()[0], fixed, depth + 1, where));
        }
        if (type instanceof ParameterizedType generic && generic.getRawType() == List.class) {
            return new OfMany(of(generic.getActualTypeArguments()[0], fixed, depth + 1, where));
        }
        if (!(type instanceof Class<?> raw)) {
            throw new IllegalArgumentException(where + " has the unsupported type " + type.getTypeName());
        }
        Width width = WholeElement.width(raw);
        if (width != null) {
            if (fixed > width.bytes) {
                throw new IllegalArgumentException(where + " is fixed to more bytes than a " + raw.getSimpleName() + " has");
            }
            return new WholeElement(new Whole(width, fixed));
        }
        if (fixed > 0) {
            throw new IllegalArgumentException(where + " is fixed but no whole number");
        }
        return ofClass(raw, depth, where);
    }

    private static Element ofClass(Class<?> type, int depth, String where) {
        Plain plain = PlainElement.of(type);
        if (plain != null) {
            return new PlainElement(plain);
        }
        if (type.isEnum() && type.getEnumConstants().length > 0) {
            return new OfConstants(type);
        }
        if (type.isRecord()) {
            return new OfRecord(Plan.of(type, depth));
        }
        throw new IllegalArgumentException(where + " has the unsupported type " + type.getTypeName());
    }
}
