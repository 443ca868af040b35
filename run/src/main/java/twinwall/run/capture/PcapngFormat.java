/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.capture;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * The block format (draft-ietf-opsawg-pcapng): sections in either byte order, interface descriptions, enhanced, simple and obsolete packet
 * blocks. Other blocks and options are passed over.
 */
final class PcapngFormat implements CaptureFormat {

    static final int SECTION = 0x0a0d0d0a;

    private static final int BYTE_ORDER_MAGIC = 0x1a2b3c4d;
    private static final int INTERFACE = 1;
    private static final int OBSOLETE_PACKET = 2;
    private static final int SIMPLE_PACKET = 3;
    private static final int ENHANCED_PACKET = 6;
    private static final int MOST_INTERFACES = 65536;

    private final CaptureInput in;
    private final List<CaptureInterface> interfaces = new ArrayList<>();
    private long lastMicros;
    private long unreadable;
    private int unreadableLinkType = -1;
    private long blockStart;

    /** Reads the first section header; its type is behind. */
    PcapngFormat(CaptureInput in) throws IOException {
        this.in = in;
        section();
    }

    @Override
    public CapturedFrame next() throws IOException {
        while (true) {
            blockStart = in.position();
            ByteBuffer type = in.read(4, "a block");
            if (type == null) {
                return null;
            }
            int kind = type.getInt(0);
            if (kind == SECTION) {
                section();
                continue;
            }
            CapturedFrame frame = block(kind);
            if (frame != null) {
                return frame;
            }
        }
    }

    @Override
    public long unreadable() {
        return unreadable;
    }

    @Override
    public int unreadableLinkType() {
        return unreadableLinkType;
    }

    /** A new section: the byte order is known only from its third word. Interfaces are numbered anew. */
    private void section() throws IOException {
        in.order(ByteOrder.BIG_ENDIAN);
        ByteBuffer head = in.need(8, "a section header");
        int lengthField = head.getInt(0);
        int magic = head.getInt(4);
        boolean little = magic == Integer.reverseBytes(BYTE_ORDER_MAGIC);
        if (!little && magic != BYTE_ORDER_MAGIC) {
            throw damage("a section header without its byte-order magic");
        }
        in.order(little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        int length = checked(little ? Integer.reverseBytes(lengthField) : lengthField, 28);
        endOfBlock(in.need(length - 12, "a section header"), length);
        interfaces.clear();
    }

    private CapturedFrame block(int kind) throws IOException {
        int length = checked(in.need(4, "a block").getInt(0), 12);
        ByteBuffer rest = in.need(length - 8, "a block");
        endOfBlock(rest, length);
        rest.limit(length - 12);
        return switch (kind) {
            case INTERFACE -> describe(rest);
            case ENHANCED_PACKET -> packet(rest, least(rest, 20).getInt(0));
            case OBSOLETE_PACKET -> packet(rest, least(rest, 20).getShort(0) & 0xffff);
            case SIMPLE_PACKET -> simple(least(rest, 4));
            default -> null;
        };
    }

    private CapturedFrame describe(ByteBuffer body) throws IOException {
        if (interfaces.size() == MOST_INTERFACES) {
            throw damage("more than " + MOST_INTERFACES + " interfaces");
        }
        interfaces.add(CaptureInterface.read(least(body, 8)));
        return null;
    }

    private CapturedFrame packet(ByteBuffer body, int interfaceNumber) throws IOException {
        CaptureInterface from = interfaceOf(interfaceNumber);
        long captured = body.getInt(12) & 0xffffffffL;
        if (captured > body.limit() - 20) {
            throw damage("a packet that claims " + captured + " bytes in a block of " + body.limit());
        }
        lastMicros = from.micros((body.getInt(4) & 0xffffffffL) << 32 | body.getInt(8) & 0xffffffffL);
        return frame(from, body, 20, (int) captured);
    }

    /** A simple packet has neither interface nor time: it is of the first interface and of the time last seen. */
    private CapturedFrame simple(ByteBuffer body) throws IOException {
        CaptureInterface from = interfaceOf(0);
        long captured = Math.min(body.getInt(0) & 0xffffffffL, body.limit() - 4L);
        if (from.snapLength() > 0) {
            captured = Math.min(captured, from.snapLength());
        }
        return frame(from, body, 4, (int) captured);
    }

    private CapturedFrame frame(CaptureInterface from, ByteBuffer body, int at, int captured) {
        if (from.link() == null) {
            unreadable++;
            unreadableLinkType = from.linkNumber();
            return null;
        }
        return new CapturedFrame(lastMicros, from.link().toEthernet(body.array(), at, captured));
    }

    private CaptureInterface interfaceOf(int number) throws DamageException {
        if (number < 0 || number >= interfaces.size()) {
            throw damage("a packet of interface " + Integer.toUnsignedString(number) + ", which is not described");
        }
        return interfaces.get(number);
    }

    private int checked(int length, int least) throws DamageException {
        if (length < least || length > CaptureInput.LONGEST_BLOCK || (length & 3) != 0) {
            throw damage("a block that claims " + Integer.toUnsignedString(length) + " bytes");
        }
        return length;
    }

    private void endOfBlock(ByteBuffer rest, int length) throws DamageException {
        if (rest.getInt(rest.limit() - 4) != length) {
            throw damage("a block whose two lengths differ");
        }
    }

    private ByteBuffer least(ByteBuffer body, int bytes) throws DamageException {
        if (body.limit() < bytes) {
            throw damage("a block that is too short for what it holds");
        }
        return body;
    }

    private DamageException damage(String what) {
        return new DamageException("is damaged at byte " + blockStart + ": " + what);
    }
}
