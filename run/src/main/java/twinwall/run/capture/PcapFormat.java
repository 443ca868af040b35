/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.capture;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The classic format: a file header, then packets with a header of 16 bytes each. Times in micro- or nanoseconds; also the variant of
 * Alexey Kuznetzov's patched libpcap, with 8 bytes more in front of each packet.
 */
final class PcapFormat implements CaptureFormat {

    static final int MAGIC_MICROS = 0xa1b2c3d4;
    static final int MAGIC_NANOS = 0xa1b23c4d;
    static final int MAGIC_KUZNETZOV = 0xa1b2cd34;

    private static final long MICROS = 1_000_000;

    private final CaptureInput in;
    private final boolean nanos;
    private final int headerLength;
    private final LinkType link;
    private long packets;

    /** Reads the rest of the file header; the magic number is behind, the byte order is set. */
    PcapFormat(CaptureInput in, int magic, String file) throws IOException {
        this.in = in;
        this.nanos = magic == MAGIC_NANOS;
        this.headerLength = magic == MAGIC_KUZNETZOV ? 24 : 16;
        ByteBuffer header = in.need(20, "the file header");
        // The high half tells about frame check sequences, which do no harm behind a packet.
        int number = header.getInt(16) & 0xffff;
        this.link = LinkType.of(number);
        if (link == null) {
            throw new CaptureException(file + ": link type " + number + " cannot be read. Can be read: " + LinkType.supported() + ".");
        }
    }

    static boolean isMagic(int magic) {
        return magic == MAGIC_MICROS || magic == MAGIC_NANOS || magic == MAGIC_KUZNETZOV;
    }

    @Override
    public CapturedFrame next() throws IOException {
        String what = "packet " + (packets + 1);
        long start = in.position();
        ByteBuffer header = in.read(headerLength, what);
        if (header == null) {
            return null;
        }
        long seconds = header.getInt(0) & 0xffffffffL;
        long fraction = header.getInt(4) & 0xffffffffL;
        long captured = header.getInt(8) & 0xffffffffL;
        if (captured > CaptureInput.LONGEST_BLOCK) {
            throw new DamageException("is damaged at byte " + start + ": " + what + " claims " + captured + " bytes");
        }
        ByteBuffer data = in.need((int) captured, what);
        packets++;
        return new CapturedFrame(seconds * MICROS + (nanos ? fraction / 1000 : fraction),
                link.toEthernet(data.array(), 0, (int) captured));
    }
}
