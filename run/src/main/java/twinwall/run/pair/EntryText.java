/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.pair;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import twinwall.record.RecordCodec;
import twinwall.record.Soft;

/**
 * An entry as text that can be compared: key in hexadecimal, content without soft facts (counters, remaining time). The same for an entry
 * of a firewall in this process and for one that a node's management API lists. Cannot be changed; safe for threads.
 *
 * @param <E> the entry
 */
public final class EntryText<E extends Record> {

    private static final Gson GSON = new GsonBuilder().serializeNulls().create();

    private final RecordCodec<E> codec;
    private final Set<String> soft;

    /** Text of entries of that type; components marked {@link Soft} are left out. */
    public EntryText(Class<E> type) {
        this(type, Set.of());
    }

    /**
     * The same without further components.
     *
     * @param without names of record components that are left out too
     */
    public EntryText(Class<E> type, Set<String> without) {
        codec = RecordCodec.of(type);
        soft = new HashSet<>(without);
        Arrays.stream(type.getRecordComponents()).filter(component -> component.isAnnotationPresent(Soft.class))
                .map(RecordComponent::getName).forEach(soft::add);
    }

    /** The entry's key as the management API shows it: its bytes in hexadecimal, lower case. */
    public String key(E entry) {
        return HexFormat.of().formatHex(codec.key(entry));
    }

    /**
     * Names and values, as in JSON, of all components that are not left out, those of the key too, ordered by name:
     * <code>{name=value, ...}</code>. Two entries with the same text have the same content.
     *
     * @throws IOException when the entry does not fit its own layout
     */
    public String content(E entry) throws IOException {
        return content(GSON.toJsonTree(codec.describe(codec.key(entry), codec.value(entry), codec.soft(entry))).getAsJsonObject());
    }

    /** The same of an entry whose fields are already JSON, as {@code fields} in the management API's lists. */
    public String content(JsonObject fields) {
        Map<String, JsonElement> sorted = new TreeMap<>(fields.asMap());
        sorted.keySet().removeAll(soft);
        return sorted.toString();
    }
}
