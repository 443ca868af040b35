/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.bench;

import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.stream.Stream;

import twinwall.firewall.Ip4;
import twinwall.firewall.Ip6;
import twinwall.record.Key;
import twinwall.record.MacAddress;

/**
 * Entries of a record class by number, of a size as in practice: addresses of clients differ, ports vary, everything that may be absent is,
 * and states are those of an entry that is due. What a table needs beyond that is given by component.
 *
 * @param <E> the entry
 */
final class NumberedEntries<E extends Record> {

    private static final int CLIENTS = 0x0a000000;
    private static final long CLIENTS6 = 0x20010db8_00000000L;
    private static final long CARDS = 0x0200_0000_0000L;
    private static final long NOW_SECONDS = 1_790_000_000L;
    private static final int SECONDS = 3600;
    private static final int TCP = 6;
    private static final int FIRST_PORT = 1024;
    private static final int PORTS = 60_000;
    private static final List<String> DUE = List.of("ESTABLISHED", "MANUAL", "STATIC");

    private final Constructor<E> constructor;
    private final RecordComponent[] components;
    private final Map<String, LongFunction<Object>> given;

    /** {@code given} says by name what a component is in the entry with that number. */
    NumberedEntries(Class<E> type, Map<String, LongFunction<Object>> given) {
        this.given = given;
        components = type.getRecordComponents();
        constructor = constructor(type);
    }

    private static <R> Constructor<R> constructor(Class<R> type) {
        try {
            return type.getConstructor(Stream.of(type.getRecordComponents()).map(RecordComponent::getType).toArray(Class<?>[]::new));
        } catch (NoSuchMethodException e) {
            throw new IllegalArgumentException(type + " is not public", e);
        }
    }

    E entry(long number) {
        Object[] arguments = new Object[components.length];
        for (int i = 0; i < arguments.length; i++) {
            LongFunction<Object> value = given.get(components[i].getName());
            arguments[i] = value != null ? value.apply(number) : value(components[i], number);
        }
        try {
            return constructor.newInstance(arguments);
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException("No entry of the bench's: " + (e.getCause() == null ? e : e.getCause()), e);
        }
    }

    private static Object value(RecordComponent component, long number) {
        Class<?> type = component.getType();
        if (type.isPrimitive()) {
            return primitive(type, component, number);
        } else if (type.isEnum()) {
            return constant(type);
        } else if (component.getGenericType() instanceof ParameterizedType) {
            return type == Optional.class ? Optional.empty() : List.of();
        }
        return switch (type.getSimpleName()) {
            case "Ip4" -> new Ip4(CLIENTS + (int) number);
            case "Ip6" -> new Ip6(CLIENTS6, number);
            case "MacAddress" -> new MacAddress(CARDS + number);
            case "InetAddress", "Inet4Address" -> address(CLIENTS + (int) number);
            case "String" -> component.isAnnotationPresent(Key.class) ? "entry-" + number : component.getName();
            case "byte[]" -> ByteBuffer.allocate(32).putLong(24, number).array();
            case "Instant" -> Instant.ofEpochSecond(NOW_SECONDS);
            default -> throw new IllegalArgumentException("the bench knows no " + type.getSimpleName() + " for " + component.getName());
        };
    }

    private static Object primitive(Class<?> type, RecordComponent component, long number) {
        if (type == boolean.class) {
            return false;
        }
        long value = number(component.getName(), number);
        return type == int.class ? (Object) (int) value : type == short.class ? (Object) (short) value
                : type == byte.class ? (Object) (byte) value : (Object) value;
    }

    private static long number(String name, long number) {
        if (name.endsWith("Port") || name.equals("port")) {
            return FIRST_PORT + number % PORTS;
        } else if (name.equals("protocol")) {
            return TCP;
        } else if (name.startsWith("created") || name.startsWith("login")) {
            return NOW_SECONDS;
        }
        return name.endsWith("Seconds") ? SECONDS : 0;
    }

    private static Object constant(Class<?> type) {
        Object[] constants = type.getEnumConstants();
        return Stream.of(constants).filter(constant -> DUE.contains(((Enum<?>) constant).name())).findFirst().orElse(constants[0]);
    }

    /** An IPv4 address. */
    static InetAddress address(int bits) {
        try {
            return InetAddress.getByAddress(ByteBuffer.allocate(4).putInt(bits).array());
        } catch (UnknownHostException e) {
            throw new IllegalStateException("4 bytes are an address", e);
        }
    }
}
