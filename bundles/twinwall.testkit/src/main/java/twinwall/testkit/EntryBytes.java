/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.testkit;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * An entry as it travels. Equal when all bytes are; the arrays are not copied.
 *
 * @param value null when the entry was removed
 * @param soft null when the entry was removed
 */
public record EntryBytes(byte[] key, byte[] value, byte[] soft) {

    /** The removal of an entry. */
    public static EntryBytes removed(byte[] key) {
        return new EntryBytes(key, null, null);
    }

    /** Whether this is a removal. */
    public boolean isRemoval() {
        return value == null;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EntryBytes bytes && Arrays.equals(key, bytes.key) && Arrays.equals(value, bytes.value)
                && Arrays.equals(soft, bytes.soft);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(key);
    }

    /** In hexadecimal. */
    @Override
    public String toString() {
        HexFormat hex = HexFormat.of();
        return isRemoval() ? "remove " + hex.formatHex(key)
                : "put " + hex.formatHex(key) + " = " + hex.formatHex(value) + " (" + hex.formatHex(soft) + ")";
    }
}
