/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.engine;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import twinwall.group.EntryView;

/**
 * Shows the owner of an entry by the firewall's name. In entries an owner is the first or the second of the two names in order, so that it
 * is the same value on both firewalls and takes a byte.
 */
record OwnerNames(String first, String second) {

    private static final String OWNER = "owner";

    static OwnerNames of(String one, String other) {
        return one.compareTo(other) < 0 ? new OwnerNames(one, other) : new OwnerNames(other, one);
    }

    List<EntryView> in(List<EntryView> entries) {
        return entries.stream().map(this::named).toList();
    }

    private EntryView named(EntryView entry) {
        Object owner = entry.fields().get(OWNER);
        String name = "first".equals(owner) ? first : "second".equals(owner) ? second : null;
        if (name == null) {
            return entry;
        }
        Map<String, Object> fields = new LinkedHashMap<>(entry.fields());
        fields.put(OWNER, name);
        return new EntryView(entry.key(), fields);
    }
}
