/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.bench;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

import twinwall.firewall.Ip4;
import twinwall.firewall.Ipv4Session;
import twinwall.firewall.SessionState;
import twinwall.record.RecordCodec;
import twinwall.record.RecordFormatException;

/**
 * Batches of about 14 KiB as a link without any protocol would carry them: for each session the lengths of key, value and filling, then
 * these. The filling brings a change to the number of bytes that the real link takes for one.
 */
final class TlsBatches {

    static final int BATCH_BYTES = 14 * 1024;
    static final RecordCodec<Ipv4Session> CODEC = RecordCodec.of(Ipv4Session.class);

    private static final byte[] NOTHING = {};
    private static final int LENGTHS = 3;

    private TlsBatches() {
    }

    static byte[][] make(int count, int bytesPerChange) {
        byte[][] batches = new byte[count][];
        int number = 0;
        for (int i = 0; i < count; i++) {
            ByteBuffer batch = ByteBuffer.allocate(BATCH_BYTES + 1024).position(2);
            while (batch.position() < BATCH_BYTES) {
                write(batch, session(number++), bytesPerChange);
            }
            batch.putShort(0, (short) (batch.position() - 2));
            batches[i] = Arrays.copyOf(batch.array(), batch.position());
        }
        return batches;
    }

    private static void write(ByteBuffer batch, Ipv4Session session, int bytesPerChange) {
        byte[] key = CODEC.key(session);
        byte[] value = CODEC.value(session);
        int filling = Math.min(255, Math.max(0, bytesPerChange - LENGTHS - key.length - value.length));
        batch.put((byte) key.length).put((byte) value.length).put((byte) filling).put(key).put(value).put(new byte[filling]);
    }

    private static Ipv4Session session(int number) {
        return new Ipv4Session(0, Optional.empty(), 6, new Ip4(0x0a000001 + number / 60_000), new Ip4(0xc633640a), 1024 + number % 60_000,
                443, SessionState.ESTABLISHED, 1, 2, 0, false, 1_700_000_000L + number / 1000, 0xff, Optional.empty(),
                Optional.empty(), 3600, 2, 1, 80, 40);
    }

    /** Decodes every session of a batch without its length into the map, under its ends. @return how many there were */
    static int take(ByteBuffer batch, Map<Ends, Ipv4Session> into) throws RecordFormatException {
        int count = 0;
        while (batch.hasRemaining()) {
            byte[] key = new byte[batch.get()];
            byte[] value = new byte[batch.get()];
            int filling = batch.get() & 0xff;
            batch.get(key).get(value).position(batch.position() + filling);
            Ipv4Session session = CODEC.entry(key, value, NOTHING);
            int ports = session.sourcePort() << 16 | session.destinationPort();
            into.put(new Ends(session.source().bits(), session.destination().bits(), ports), session);
            count++;
        }
        return count;
    }

    /** What finds a session. */
    record Ends(int source, int destination, int ports) {
    }
}
