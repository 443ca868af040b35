/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.protocol;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

import twinwall.link.ProtocolException;

/**
 * Both firewalls were active, and the tables are equal again.
 *
 * @param yielded name of the firewall that yielded; it counted, and told the other
 * @param durationMillis for how long both were active
 * @param agoMillis since it yielded
 * @param rule by which it was decided, for people
 * @param tables what was decided of entries that both had changed, as the reader sees it, for each table that had such
 */
public record SplitBrain(String yielded, long durationMillis, long agoMillis, String rule, Map<String, Resolved> tables) {

    /**
     * What became of entries that both firewalls had changed.
     *
     * @param kept this firewall's state is that of both now
     * @param taken the peer's is
     */
    public record Resolved(long kept, long taken) {

        Resolved and(boolean keep) {
            return new Resolved(kept + (keep ? 1 : 0), taken + (keep ? 0 : 1));
        }

        long sum() {
            return kept + taken;
        }
    }

    /** The frame by which the peer is told. */
    byte[] frame() {
        ByteBuffer frame = ByteBuffer.allocate(Limits.FRAME);
        frame.put((byte) FrameType.SPLIT_BRAIN);
        Wire.putNumber(frame, durationMillis);
        Wire.putNumber(frame, agoMillis);
        Wire.putText(frame, rule);
        Wire.putNumber(frame, tables.size());
        tables.forEach((type, resolved) -> {
            Wire.putText(frame, type);
            Wire.putNumber(frame, resolved.kept);
            Wire.putNumber(frame, resolved.taken);
        });
        byte[] bytes = new byte[frame.position()];
        frame.flip().get(bytes);
        return bytes;
    }

    /** What the peer tells: what it kept was taken here. */
    static SplitBrain read(ByteBuffer from, String peer) throws ProtocolException {
        long duration = Wire.number(from);
        long ago = Wire.number(from);
        String rule = Wire.text(from, "a rule");
        int count = Wire.number(from, Limits.TABLES, "count of tables");
        Map<String, Resolved> tables = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            String type = Wire.text(from, "a table type");
            long taken = Wire.number(from);
            tables.put(type, new Resolved(Wire.number(from), taken));
        }
        return new SplitBrain(peer, duration, ago, rule, tables);
    }
}
