/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

import twinwall.record.Fixed;

/**
 * A SHA-256 hash. 32 bytes in an entry.
 *
 * @param a the first eight bytes
 * @param b the next
 * @param c the next
 * @param d the last
 */
public record Sha256(@Fixed(8) long a, @Fixed(8) long b, @Fixed(8) long c, @Fixed(8) long d) {

    /** The hash of a text in UTF-8. */
    public static Sha256 of(String text) {
        try {
            ByteBuffer hash = ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
            return new Sha256(hash.getLong(), hash.getLong(), hash.getLong(), hash.getLong());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** 64 hexadecimal digits. */
    @Override
    public String toString() {
        return String.format("%016x%016x%016x%016x", a, b, c, d);
    }
}
