/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.bench;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** What a node answered: names and values. */
record Reply(Map<String, String> values) {

    /** From {@code ok a=1 b=true}; anything else is an error of the node. */
    static Reply parse(String line) throws IOException {
        if (line == null) {
            throw new IOException("the node closed the connection");
        }
        String[] words = line.split(" ");
        if (!words[0].equals("ok")) {
            throw new IOException("the node answered: " + line);
        }
        Map<String, String> values = new HashMap<>();
        for (int i = 1; i < words.length; i++) {
            int equals = words[i].indexOf('=');
            if (equals < 0) {
                throw new IOException("the node answered what cannot be read: " + line);
            }
            values.put(words[i].substring(0, equals), words[i].substring(equals + 1));
        }
        return new Reply(values);
    }

    /** 0 when the node did not say. */
    long number(String name) {
        return Long.parseLong(values.getOrDefault(name, "0"));
    }

    boolean flag(String name) {
        return Boolean.parseBoolean(values.get(name));
    }

    String text(String name) {
        return values.getOrDefault(name, "");
    }
}
