/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.capture;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes captures of both formats, right and wrong ones. */
final class CaptureFile {

    private final ByteOrder order;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    CaptureFile(ByteOrder order) {
        this.order = order;
    }

    static CaptureFile little() {
        return new CaptureFile(ByteOrder.LITTLE_ENDIAN);
    }

    CaptureFile pcap(int magic, int link) {
        return put(ByteBuffer.allocate(24).order(order).putInt(magic).putShort((short) 2).putShort((short) 4).putInt(0).putInt(0)
                .putInt(65535).putInt(link));
    }

    CaptureFile packet(int seconds, int fraction, byte... data) {
        put(ByteBuffer.allocate(16).order(order).putInt(seconds).putInt(fraction).putInt(data.length).putInt(data.length));
        return bytes(data);
    }

    CaptureFile section() {
        return block(PcapngFormat.SECTION, body(16).putInt(0x1a2b3c4d).putShort((short) 1).putShort((short) 0).putLong(-1));
    }

    CaptureFile describe(int link, int snap, byte... options) {
        return block(1, body(8 + options.length).putShort((short) link).putShort((short) 0).putInt(snap).put(options));
    }

    CaptureFile enhanced(int from, long time, byte... data) {
        return block(6, body(20 + data.length).putInt(from).putInt((int) (time >>> 32)).putInt((int) time).putInt(data.length)
                .putInt(data.length).put(data));
    }

    CaptureFile simple(int originalLength, byte... data) {
        return block(3, body(4 + data.length).putInt(originalLength).put(data));
    }

    CaptureFile obsolete(int from, long time, byte... data) {
        return block(2, body(20 + data.length).putShort((short) from).putShort((short) 0).putInt((int) (time >>> 32)).putInt((int) time)
                .putInt(data.length).putInt(data.length).put(data));
    }

    CaptureFile block(int kind, ByteBuffer body) {
        int padded = body.capacity() + 3 & ~3;
        ByteBuffer block = ByteBuffer.allocate(padded + 12).order(order).putInt(kind).putInt(padded + 12).put(body.array());
        block.putInt(padded + 8, padded + 12);
        return put(block);
    }

    CaptureFile bytes(byte... more) {
        out.writeBytes(more);
        return this;
    }

    ByteBuffer body(int size) {
        return ByteBuffer.allocate(size).order(order);
    }

    byte[] toBytes() {
        return out.toByteArray();
    }

    Path in(Path folder) throws IOException {
        return Files.write(folder.resolve("test.pcap"), toBytes());
    }

    private CaptureFile put(ByteBuffer buffer) {
        return bytes(buffer.array());
    }
}
