/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.testkit;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;

import twinwall.record.Fixed;

/** Values at random, of every type that an entry's component may have. */
final class RandomValues {

    private static final String LETTERS = "abcXYZ019 .-_/\"\\\n\u0000\u00e9\u4e2d";
    private static final int LONGEST_TEXT = 12;
    private static final int LONGEST_BYTES = 32;
    private static final int LONGEST_LIST = 3;
    private static final int ATTEMPTS = 100;
    private static final long LATEST_SECOND = 1L << 35;

    private final Random random;

    RandomValues(Random random) {
        this.random = random;
    }

    /** A value of that type; whole numbers fit into so many bytes, when that is not 0. */
    Object next(Type type, int fixed) {
        if (type instanceof ParameterizedType generic) {
            Type of = generic.getActualTypeArguments()[0];
            if (generic.getRawType() == Optional.class) {
                return random.nextBoolean() ? Optional.of(next(of, fixed)) : Optional.empty();
            }
            return Stream.generate(() -> next(of, fixed)).limit(random.nextInt(LONGEST_LIST + 1)).toList();
        }
        Class<?> raw = (Class<?>) type;
        if (raw.isEnum()) {
            return raw.getEnumConstants()[random.nextInt(raw.getEnumConstants().length)];
        }
        return raw.isRecord() ? record(raw) : raw == InetAddress.class || InetAddress.class.isAssignableFrom(raw) ? address(raw)
                : plain(raw, fixed);
    }

    private Object plain(Class<?> type, int fixed) {
        return switch (type.getSimpleName()) {
            case "boolean", "Boolean" -> random.nextBoolean();
            case "byte", "Byte" -> (byte) whole(Byte.BYTES, fixed);
            case "short", "Short" -> (short) whole(Short.BYTES, fixed);
            case "char", "Character" -> (char) whole(Character.BYTES, fixed);
            case "int", "Integer" -> (int) whole(Integer.BYTES, fixed);
            case "long", "Long" -> whole(Long.BYTES, fixed);
            case "float", "Float" -> random.nextFloat() * random.nextInt();
            case "double", "Double" -> random.nextDouble() * random.nextLong();
            case "String" -> text();
            case "byte[]" -> bytes(random.nextInt(LONGEST_BYTES + 1));
            case "Instant" -> Instant.ofEpochSecond(random.nextLong() % LATEST_SECOND, random.nextInt(1_000_000_000));
            default -> throw new IllegalArgumentException("No entry has a component of " + type);
        };
    }

    /** Small numbers and any numbers, both often. */
    private long whole(int width, int fixed) {
        long bits = random.nextBoolean() ? random.nextInt(4) : random.nextLong();
        return fixed == 0 || fixed >= width ? bits : bits & (1L << fixed * Byte.SIZE) - 1;
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(LONGEST_TEXT + 1); i > 0; i--) {
            text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return text.toString();
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private InetAddress address(Class<?> type) {
        boolean four = type == Inet4Address.class || type == InetAddress.class && random.nextBoolean();
        try {
            return four ? InetAddress.getByAddress(bytes(4)) : Inet6Address.getByAddress(null, bytes(16), -1);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("4 and 16 bytes are addresses", e);
        }
    }

    private Object record(Class<?> type) {
        RecordComponent[] components = type.getRecordComponents();
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Object[] arguments = new Object[components.length];
            for (int i = 0; i < arguments.length; i++) {
                Fixed fixed = components[i].getAnnotation(Fixed.class);
                arguments[i] = next(components[i].getGenericType(), fixed == null ? 0 : fixed.value());
            }
            Object made = RandomEntries.make(type, arguments);
            if (made != null) {
                return made;
            }
        }
        throw new IllegalStateException("The constructor of " + type.getName() + " takes none of " + ATTEMPTS + " random records");
    }
}
