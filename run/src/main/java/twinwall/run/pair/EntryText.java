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
 * of a firewall in this process and for one that a node's management API lists.
 *
 * @param <E> the entry
 */
public final class EntryText<E extends Record> {

    private static final Gson GSON = new GsonBuilder().serializeNulls().create();

    private final RecordCodec<E> codec;
    private final Set<String> soft;

    /** Text of entries of that type. */
    public EntryText(Class<E> type) {
        this(type, Set.of());
    }

    /** The same without further components. */
    public EntryText(Class<E> type, Set<String> without) {
        codec = RecordCodec.of(type);
        soft = new HashSet<>(without);
        Arrays.stream(type.getRecordComponents()).filter(component -> component.isAnnotationPresent(Soft.class))
                .map(RecordComponent::getName).forEach(soft::add);
    }

    public String key(E entry) {
        return HexFormat.of().formatHex(codec.key(entry));
    }

    public String content(E entry) throws IOException {
        return content(GSON.toJsonTree(codec.describe(codec.key(entry), codec.value(entry), codec.soft(entry))).getAsJsonObject());
    }

    /** The content of an entry whose fields are already JSON. */
    public String content(JsonObject fields) {
        Map<String, JsonElement> sorted = new TreeMap<>(fields.asMap());
        sorted.keySet().removeAll(soft);
        return sorted.toString();
    }
}
