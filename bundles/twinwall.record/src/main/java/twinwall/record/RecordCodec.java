/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.record;

import java.util.Map;

import twinwall.record.Shape.Role;

/**
 * Turns one record class into entry bytes and back.
 * <p>
 * The class is public, in an exported package, and has at least one {@link Key} component. Components are primitives, {@code String},
 * {@code byte[]}, enumerations, {@code InetAddress} and its two subclasses, {@code Instant}, public records of these (such as
 * {@link MacAddress}), and {@code List} and {@code Optional} of all of them. None may be null. Where an entry lacks a component that was
 * added to the record later, its default is used: 0, false, empty, the first constant of an enumeration, the address 0, 1970.
 * Constructors must therefore accept defaults.
 * <p>
 * Immutable: one codec serves any number of threads. Making one takes milliseconds; keep it. The bytes: {@code FORMAT.md} of this bundle.
 *
 * @param <E> the entry
 */
public final class RecordCodec<E extends Record> {

    private final Plan plan;
    private final SectionWriter key;
    private final SectionWriter value;
    private final SectionWriter soft;
    private final byte[] layout;
    private final RecordReader<E> own;
    private final Class<E> type;

    private RecordCodec(Class<E> type) {
        this.type = type;
        plan = Plan.of(type, 0);
        if (plan.members().stream().noneMatch(member -> member.role() == Role.KEY)) {
            throw new IllegalArgumentException(type.getName() + " has no component marked @Key");
        }
        key = SectionWriter.of(plan, Role.KEY);
        value = SectionWriter.of(plan, Role.VALUE);
        soft = SectionWriter.of(plan, Role.SOFT);
        layout = LayoutFormat.write(plan.shape());
        try {
            own = reader(layout);
        } catch (RecordFormatException e) {
            throw new IllegalArgumentException(type.getName() + " cannot be laid out: " + e.getMessage(), e);
        }
    }

    /**
     * The codec of a record class.
     *
     * @throws IllegalArgumentException when the class cannot be written; the message names the component
     */
    public static <E extends Record> RecordCodec<E> of(Class<E> type) {
        return new RecordCodec<>(type);
    }

    /**
     * The bytes of the key: the same for equal keys, different for different ones.
     *
     * @throws IllegalArgumentException when a component is null or does not fit; the message names it
     */
    public byte[] key(E entry) {
        return write(key, entry);
    }

    /** The bytes of what is neither key nor soft. Throws as {@link #key} does. */
    public byte[] value(E entry) {
        return write(value, entry);
    }

    /** The bytes of the soft facts. Throws as {@link #key} does. */
    public byte[] soft(E entry) {
        return write(soft, entry);
    }

    private byte[] write(SectionWriter section, E entry) {
        ByteWriter out = new ByteWriter();
        section.write(out, entry);
        if (out.length() > RecordReader.MAX_SECTION) {
            throw new IllegalArgumentException("An entry of " + type.getSimpleName() + " has a part of " + out.length()
                    + " bytes; at most " + RecordReader.MAX_SECTION + " are read");
        }
        return out.toBytes();
    }

    /** Reads an entry in the layout of this record class. As {@link RecordReader#entry}. */
    public E entry(byte[] keyBytes, byte[] valueBytes, byte[] softBytes) throws RecordFormatException {
        return own.entry(keyBytes, valueBytes, softBytes);
    }

    /** Reads a key. As {@link RecordReader#keyOnly}. */
    public E keyOnly(byte[] keyBytes) throws RecordFormatException {
        return own.keyOnly(keyBytes);
    }

    /** The layout of this record class, for {@link #reader} on the peer. */
    public byte[] layout() {
        return layout.clone();
    }

    /**
     * Reads entries that a peer writes with another version of the record. Components match by name. Those added here have their
     * defaults, those that nobody here knows are skipped; whole numbers may change their size; constants match by name, and one that
     * is unknown here becomes the first constant, except in a key, where the entry is refused.
     *
     * @param peerLayout what {@link #layout} returned on the peer; untrusted
     * @throws IncompatibleLayoutException when the keys differ or a component has another type; the message names it
     * @throws RecordFormatException when the bytes are no layout
     */
    public RecordReader<E> reader(byte[] peerLayout) throws RecordFormatException {
        return new RecordReader<>(type, plan, LayoutFormat.read(peerLayout));
    }

    /**
     * An entry for people, by component in the order of the record. Left out are {@link Secret} components and empty optionals.
     * Constants are in lower case with hyphens; a nested record is its text when it has a form of its own, else a map.
     */
    public Map<String, Object> describe(byte[] keyBytes, byte[] valueBytes, byte[] softBytes) throws RecordFormatException {
        return plan.components(entry(keyBytes, valueBytes, softBytes));
    }
}
