/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.capture;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.ZipException;

/** Bytes of a capture, counted, so that a message can say where. */
final class CaptureInput implements Closeable {

    /** Longest block or packet that is believed. */
    static final int LONGEST_BLOCK = 16 * 1024 * 1024;

    private static final int FIRST_PIECE = 64 * 1024;

    private final InputStream in;
    private ByteBuffer buffer = ByteBuffer.allocate(FIRST_PIECE);
    private long position;

    CaptureInput(InputStream in) {
        this.in = in;
    }

    void order(ByteOrder order) {
        buffer.order(order);
    }

    long position() {
        return position;
    }

    /**
     * Reads that many bytes, in the byte order set.
     *
     * @return valid until the next read; null at the end of the file, when not a single byte is left
     * @throws DamageException when only some of them are there
     */
    ByteBuffer read(int count, String what) throws IOException {
        long start = position;
        int got = 0;
        ensure(Math.min(count, FIRST_PIECE), 0);
        while (got < count) {
            // Memory grows with what is there, not with what a length field claims.
            ensure(Math.min(count, Math.max(got * 2, FIRST_PIECE)), got);
            int piece = readSome(got, Math.min(count, buffer.capacity()) - got);
            if (piece < 0) {
                if (got == 0) {
                    return null;
                }
                throw new DamageException("ends at byte " + position + ", in the middle of " + what + " that begins at byte " + start);
            }
            got += piece;
            position += piece;
        }
        return buffer.clear().limit(count);
    }

    /** As {@link #read}, but the end of the file is damage too. */
    ByteBuffer need(int count, String what) throws IOException {
        ByteBuffer bytes = read(count, what);
        if (bytes == null && count > 0) {
            throw new DamageException("ends at byte " + position + ", in the middle of " + what);
        }
        return bytes == null ? buffer.clear().limit(0) : bytes;
    }

    private int readSome(int at, int count) throws IOException {
        try {
            return in.read(buffer.array(), at, count);
        } catch (EOFException e) {
            return -1;
        } catch (ZipException e) {
            throw new DamageException("is damaged after byte " + position + " (unpacked): " + e.getMessage());
        }
    }

    private void ensure(int capacity, int keep) {
        if (buffer.capacity() < capacity) {
            ByteBuffer larger = ByteBuffer.allocate(capacity).order(buffer.order());
            System.arraycopy(buffer.array(), 0, larger.array(), 0, keep);
            buffer = larger;
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
