/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.bench;

import java.util.LinkedHashMap;
import java.util.Map;

/** One line with names and values: {@code ok sessions=1000 refused=0}. Values hold no blanks. */
final class Answer {

    private final Map<String, Object> values = new LinkedHashMap<>();

    Answer with(String name, Object value) {
        values.put(name, value);
        return this;
    }

    @Override
    public String toString() {
        StringBuilder line = new StringBuilder("ok");
        values.forEach((name, value) -> line.append(' ').append(name).append('=').append(value));
        return line.toString();
    }
}
