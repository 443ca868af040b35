/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.record;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import twinwall.record.Shape.Constants;
import twinwall.record.Shape.Field;
import twinwall.record.Shape.Fields;
import twinwall.record.Shape.Many;
import twinwall.record.Shape.Maybe;
import twinwall.record.Shape.Plain;
import twinwall.record.Shape.Role;
import twinwall.record.Shape.Whole;
import twinwall.record.Shape.Width;

/** A layout as bytes: what the peer needs to know to read entries. */
final class LayoutFormat {

    static final int VERSION = 1;
    static final int MAX_BYTES = 16384;
    static final int MAX_DEPTH = 8;

    private static final int MAX_NAMES = 4096;
    private static final int MAX_FIELDS = 256;
    private static final int MAX_NAME = 128;
    private static final int PLAIN = 1;
    private static final int WHOLE = 16;
    private static final int CONSTANTS = 32;
    private static final int FIELDS = 33;
    private static final int MAYBE = 34;
    private static final int MANY = 35;

    private LayoutFormat() {
    }

    static byte[] write(Fields layout) {
        ByteWriter out = new ByteWriter();
        out.octet(VERSION);
        write(out, layout);
        return out.toBytes();
    }

    private static void write(ByteWriter out, Shape shape) {
        if (shape instanceof Plain plain) {
            out.octet(PLAIN + plain.ordinal());
        } else if (shape instanceof Whole whole) {
            out.octet(WHOLE + whole.width().ordinal());
            out.octet(whole.fixed());
        } else if (shape instanceof Constants constants) {
            out.octet(CONSTANTS);
            out.unsigned(constants.names().size());
            constants.names().forEach(name -> name(out, name));
        } else if (shape instanceof Maybe maybe) {
            out.octet(MAYBE);
            write(out, maybe.of());
        } else if (shape instanceof Many many) {
            out.octet(MANY);
            write(out, many.of());
        } else if (shape instanceof Fields fields) {
            out.octet(FIELDS);
            out.unsigned(fields.fields().size());
            for (Field field : fields.fields()) {
                name(out, field.name());
                out.octet(field.role().ordinal());
                write(out, field.shape());
            }
        }
    }

    private static void name(ByteWriter out, String name) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        out.unsigned(bytes.length);
        out.all(bytes);
    }

    /** Reads what a peer sent. */
    static Fields read(byte[] bytes) throws RecordFormatException {
        if (bytes.length > MAX_BYTES) {
            throw new RecordFormatException("The peer's layout has " + bytes.length + " bytes; at most " + MAX_BYTES + " are read");
        }
        try {
            ByteReader in = new ByteReader(bytes);
            int version = in.octet();
            if (version != VERSION) {
                throw new RecordFormatException("it is of version " + version + " and this firewall reads version " + VERSION);
            }
            if (!(shape(in, 0) instanceof Fields fields)) {
                throw new RecordFormatException("it is not that of a record");
            }
            in.end();
            return fields;
        } catch (RecordFormatException e) {
            throw new RecordFormatException("The peer's layout cannot be read: " + e.getMessage(), e);
        }
    }

    private static Shape shape(ByteReader in, int depth) throws RecordFormatException {
        if (depth > MAX_DEPTH) {
            throw new RecordFormatException("it is nested deeper than " + MAX_DEPTH);
        }
        int tag = in.octet();
        if (tag >= PLAIN && tag < PLAIN + Plain.values().length) {
            return Plain.values()[tag - PLAIN];
        }
        if (tag >= WHOLE && tag < WHOLE + Width.values().length) {
            Width width = Width.values()[tag - WHOLE];
            return new Whole(width, in.below(width.bytes + 1, "the size of a number"));
        }
        switch (tag) {
            case CONSTANTS:
                return new Constants(names(in));
            case FIELDS:
                return fields(in, depth);
            case MAYBE:
                return new Maybe(shape(in, depth + 1));
            case MANY:
                return new Many(shape(in, depth + 1));
            default:
                throw new RecordFormatException("it has a type with the unknown number " + tag);
        }
    }

    private static List<String> names(ByteReader in) throws RecordFormatException {
        int count = in.below(MAX_NAMES + 1, "the number of constants");
        Set<String> names = new HashSet<>();
        List<String> ordered = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ordered.add(unique(in.text(), names));
        }
        if (ordered.isEmpty()) {
            throw new RecordFormatException("it has an enumeration without constants");
        }
        return List.copyOf(ordered);
    }

    private static Fields fields(ByteReader in, int depth) throws RecordFormatException {
        int count = in.below(MAX_FIELDS + 1, "the number of components");
        Set<String> names = new HashSet<>();
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String name = unique(in.text(), names);
            Role role = Role.values()[in.below(Role.values().length, "the role")];
            if (depth > 0 && role != Role.VALUE) {
                throw new RecordFormatException("a key or soft mark is inside a nested record");
            }
            fields.add(new Field(name, role, shape(in, depth + 1)));
        }
        if (fields.isEmpty()) {
            throw new RecordFormatException("it has a record without components");
        }
        return new Fields(List.copyOf(fields));
    }

    /** Names go into messages to operators, so they are names and nothing else. */
    private static String unique(String name, Set<String> names) throws RecordFormatException {
        boolean wellFormed = !name.isEmpty() && name.length() <= MAX_NAME
                && name.chars().allMatch(c -> Character.isLetterOrDigit(c) || c == '_' || c == '$');
        if (!wellFormed) {
            throw new RecordFormatException("a name is not 1 to " + MAX_NAME + " letters and digits");
        }
        if (!names.add(name)) {
            throw new RecordFormatException("the name '" + name + "' is there twice");
        }
        return name;
    }
}
