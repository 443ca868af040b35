/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.management;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.lang.reflect.Array;
import java.net.InetAddress;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import com.google.gson.stream.JsonWriter;

/**
 * Writes values as JSON: maps, lists, arrays, numbers, booleans, text. Enums become lower case with hyphens, bytes hexadecimal,
 * instants ISO-8601 (as their own text is), anything else its text.
 */
final class JsonText {

    private JsonText() {
    }

    static String of(Object value) {
        StringWriter text = new StringWriter();
        try (JsonWriter json = new JsonWriter(text)) {
            write(json, value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.append('\n').toString();
    }

    /** How an enum's constant is written in JSON and metrics. */
    static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static void write(JsonWriter json, Object value) throws IOException {
        if (value == null) {
            json.nullValue();
        } else if (value instanceof Boolean flag) {
            json.value(flag);
        } else if (value instanceof Double || value instanceof Float) {
            double number = ((Number) value).doubleValue();
            if (Double.isFinite(number)) {
                json.value(number);
            } else {
                json.value(value.toString());
            }
        } else if (value instanceof Number number) {
            json.value(number);
        } else if (value instanceof Enum<?> constant) {
            json.value(name(constant));
        } else if (value instanceof InetAddress address) {
            json.value(address.getHostAddress());
        } else if (value instanceof byte[] bytes) {
            json.value(HexFormat.of().formatHex(bytes));
        } else if (value instanceof Optional<?> optional) {
            write(json, optional.orElse(null));
        } else if (value instanceof Map<?, ?> map) {
            json.beginObject();
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                json.name(String.valueOf(entry.getKey()));
                write(json, entry.getValue());
            }
            json.endObject();
        } else if (value instanceof Iterable<?> || value.getClass().isArray()) {
            writeList(json, value);
        } else {
            json.value(value.toString());
        }
    }

    private static void writeList(JsonWriter json, Object value) throws IOException {
        json.beginArray();
        if (value instanceof Iterable<?> elements) {
            for (Object element : elements) {
                write(json, element);
            }
        } else {
            for (int i = 0; i < Array.getLength(value); i++) {
                write(json, Array.get(value, i));
            }
        }
        json.endArray();
    }
}
