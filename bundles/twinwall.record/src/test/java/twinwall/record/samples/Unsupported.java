/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.record.samples;

import java.util.List;
import java.util.Map;

import twinwall.record.Fixed;
import twinwall.record.Key;
import twinwall.record.Soft;

/** Records that cannot be written. */
public final class Unsupported {

    private Unsupported() {
    }

    /** No key. */
    public record NoKey(int value) {
    }

    /** Could be null. */
    public record Boxed(@Key int id, Integer count) {
    }

    /** No such type. */
    public record WithMap(@Key int id, Map<String, String> map) {
    }

    /** Without an end. */
    public record Endless(@Key int id, List<Endless> children) {
    }

    /** More bytes than an int has. */
    public record TooFixed(@Key @Fixed(5) int id) {
    }

    /** Both. */
    public record KeyAndSoft(@Key @Soft int id) {
    }

    /** Not public. */
    record Hidden(@Key int id) {
    }

    /** The class that nobody can see. */
    public static Class<? extends Record> hidden() {
        return Hidden.class;
    }

    /** Refuses what is not positive. */
    public record Picky(@Key int id) {

        /** Checks. */
        public Picky {
            if (id <= 0) {
                throw new IllegalArgumentException("id must be positive");
            }
        }
    }
}
