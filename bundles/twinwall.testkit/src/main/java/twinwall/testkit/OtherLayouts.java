/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.testkit;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Layouts of a record class as other versions of it would have them. The bytes: {@code FORMAT.md} of twinwall.record. */
final class OtherLayouts {

    /** What an entry of {@link #grown} has at the end of its value. */
    static final byte[] ADDED = {5, 'h', 'e', 'l', 'l', 'o'};

    private static final byte[] ADDED_FIELD = {10, 'a', 'd', 'd', 'e', 'd', 'L', 'a', 't', 'e', 'r', 0, 4};
    private static final int MOST_FIELDS = 256;
    private static final int KEY = 1;
    private static final int FIRST_WHOLE = 16;
    private static final int LAST_WHOLE = 20;
    private static final int CONSTANTS = 32;
    private static final int FIELDS = 33;
    private static final int OPTIONAL = 34;
    private static final int LIST = 35;

    private final ByteBuffer in;

    private OtherLayouts(byte[] layout) {
        in = ByteBuffer.wrap(layout);
    }

    /** A field of the layout as its bytes. */
    private record Field(int role, byte[] bytes) {
    }

    /** The layout of a later version, which has one text more. */
    static byte[] grown(byte[] layout) {
        List<Field> fields = new ArrayList<>(new OtherLayouts(layout).fields());
        fields.add(new Field(0, ADDED_FIELD));
        return layout(fields);
    }

    /** The layout of the first version, which had the key alone. */
    static byte[] keysOnly(byte[] layout) {
        return layout(new OtherLayouts(layout).fields().stream().filter(field -> field.role() == KEY).toList());
    }

    private static byte[] layout(List<Field> fields) {
        if (fields.size() >= MOST_FIELDS) {
            throw new IllegalArgumentException("No version of the record can have one more component");
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(1);
        out.write(FIELDS);
        int count = fields.size();
        if (count > 0x7f) {
            out.write(count | 0x80);
            count >>>= 7;
        }
        out.write(count);
        fields.forEach(field -> out.writeBytes(field.bytes()));
        return out.toByteArray();
    }

    private List<Field> fields() {
        in.get();
        in.get();
        List<Field> fields = new ArrayList<>();
        for (int i = unsigned(); i > 0; i--) {
            int start = in.position();
            skipName();
            int role = in.get();
            skipType();
            byte[] bytes = new byte[in.position() - start];
            in.get(start, bytes);
            fields.add(new Field(role, bytes));
        }
        return fields;
    }

    private void skipName() {
        byte[] name = new byte[unsigned()];
        in.get(name);
        if (new String(name, StandardCharsets.UTF_8).equals("addedLater")) {
            throw new IllegalArgumentException("The record has a component that another version is to add");
        }
    }

    private void skipType() {
        int tag = in.get();
        if (tag >= FIRST_WHOLE && tag <= LAST_WHOLE) {
            in.get();
        } else if (tag == CONSTANTS) {
            for (int i = unsigned(); i > 0; i--) {
                skipName();
            }
        } else if (tag == FIELDS) {
            for (int i = unsigned(); i > 0; i--) {
                skipName();
                in.get();
                skipType();
            }
        } else if (tag == OPTIONAL || tag == LIST) {
            skipType();
        }
    }

    private int unsigned() {
        int value = 0;
        int shift = 0;
        int octet;
        do {
            octet = in.get();
            value |= (octet & 0x7f) << shift;
            shift += 7;
        } while (octet < 0);
        return value;
    }
}
