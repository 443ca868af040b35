/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.capture;

import java.math.BigInteger;
import java.nio.ByteBuffer;

/**
 * An interface as a pcapng file describes it.
 *
 * @param link null when it cannot be read
 * @param linkNumber as in the file
 * @param snapLength 0 when there is no limit
 * @param resolution {@code if_tsresol}: digits after the point of a second, or of its binary fraction when the highest bit is set
 * @param offsetSeconds added to every time
 */
record CaptureInterface(LinkType link, int linkNumber, long snapLength, int resolution, long offsetSeconds) {

    private static final int OPTION_TSRESOL = 9;
    private static final int OPTION_TSOFFSET = 14;
    private static final int BINARY = 0x80;
    private static final int MICROS_DIGITS = 6;
    private static final long MICROS = 1_000_000;

    /** Reads the body of an interface description block. Options that make no sense are passed over. */
    static CaptureInterface read(ByteBuffer body) {
        int number = body.getShort(0) & 0xffff;
        int resolution = MICROS_DIGITS;
        long offset = 0;
        int at = 8;
        while (at + 4 <= body.limit()) {
            int code = body.getShort(at) & 0xffff;
            int length = body.getShort(at + 2) & 0xffff;
            if (code == 0 || at + 4 + length > body.limit()) {
                break;
            }
            if (code == OPTION_TSRESOL && length >= 1) {
                resolution = body.get(at + 4) & 0xff;
            } else if (code == OPTION_TSOFFSET && length >= 8) {
                offset = body.getLong(at + 4);
            }
            at += 4 + (length + 3 & ~3);
        }
        return new CaptureInterface(LinkType.of(number), number, body.getInt(4) & 0xffffffffL, resolution, offset);
    }

    /** A time of this interface in microseconds since 1970; 0 when it is before that. */
    long micros(long time) {
        BigInteger units = new BigInteger(Long.toUnsignedString(time));
        BigInteger micros;
        if ((resolution & BINARY) != 0) {
            micros = units.multiply(BigInteger.valueOf(MICROS)).shiftRight(resolution & ~BINARY);
        } else if (resolution <= MICROS_DIGITS) {
            micros = units.multiply(BigInteger.TEN.pow(MICROS_DIGITS - resolution));
        } else {
            micros = units.divide(BigInteger.TEN.pow(resolution - MICROS_DIGITS));
        }
        BigInteger total = micros.add(BigInteger.valueOf(offsetSeconds).multiply(BigInteger.valueOf(MICROS)));
        return total.max(BigInteger.ZERO).min(BigInteger.valueOf(Long.MAX_VALUE)).longValue();
    }
}
