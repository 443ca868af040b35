/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.protocol;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;

import twinwall.link.ProtocolException;

/** A comparison on the side that follows: walks when it is told to, tells its sums, and announces again what it is asked for. */
final class DigestFollow {

    private final ComparedTable table;
    private final TableEvents events;
    private long round;
    private TableWalk walk;
    private boolean walked;
    private BusyBuckets busy;
    private boolean rootDue;
    private boolean refusalDue;
    private final Deque<Listed> listed = new ArrayDeque<>();
    private BitSet groupsDue = new BitSet();
    private long check;
    private ComparisonState state = ComparisonState.NONE;

    /** An entry of a suspect bucket, to be told. */
    private record Listed(int bucket, TableWalk.Seen seen) {
    }

    DigestFollow(ComparedTable table, TableEvents events) {
        this.table = table;
        this.events = events;
    }

    ComparisonState state() {
        return state;
    }

    void check(long number) {
        check = number;
    }

    void begin(boolean follows, long number, ByteBuffer frame) throws ProtocolException {
        int bits = Wire.octet(frame);
        boolean quick = (Wire.octet(frame) & 1) != 0;
        DigestKey key = new DigestKey(Wire.eight(frame), Wire.eight(frame));
        if (bits < DigestKey.GROUP_BITS || bits > DigestKey.MOST_BITS) {
            throw new ProtocolException("over-limit", "buckets are named by " + bits + " bits");
        }
        BitSet suspects = new BitSet();
        int count = Wire.number(frame, Suspects.MOST_AT_ONCE, "count of buckets");
        for (int i = 0, bucket = 0; i < count; i++) {
            bucket += Wire.number(frame, (1 << bits) - 1 - bucket, "a bucket");
            suspects.set(bucket);
        }
        abandon();
        round = number;
        if (!follows || !table.hindrance().isEmpty()) {
            refusalDue = true;
            return;
        }
        busy = table.open(key, bits);
        walk = new TableWalk(key, bits, suspects, quick, table.known());
        events.walkWanted(walk);
    }

    /** As {@link #abandon}; the side that leads need not wait for an answer. */
    void giveUp() {
        boolean asked = walk != null || refusalDue;
        abandon();
        refusalDue = asked;
        events.wake();
    }

    void abandon() {
        if (walk != null) {
            walk.end();
            table.close();
        }
        walk = null;
        walked = false;
        busy = null;
        rootDue = false;
        refusalDue = false;
        listed.clear();
        groupsDue.clear();
    }

    void walked(TableWalk done) {
        if (done != walk || walk == null) {
            return;
        }
        walked = true;
        rootDue = true;
        walk.suspects().stream().filter(walk::suspect).forEach(bucket ->
                walk.kept(bucket).forEach(seen -> listed.add(new Listed(bucket, seen))));
        events.wake();
    }

    void walkFailed(TableWalk failed) {
        if (failed == walk && walk != null) {
            giveUp();
        }
    }

    void ask(long number, ByteBuffer frame) throws ProtocolException {
        long groups = Wire.eight(frame);
        if (number == round && walked) {
            groupsDue = BitSet.valueOf(new long[] {groups});
        }
    }

    /** The leading firewall finds that this one has these right: what is in the table here is announced again. */
    void repair(long number, ByteBuffer frame, long now) throws ProtocolException {
        while (frame.hasRemaining()) {
            byte[] key = Wire.bytes(frame, Limits.KEY, "a key");
            if (number == round && walked) {
                int bucket = DigestKey.bucket(walk.key().ofKey(key), walk.bits());
                if (walk.suspect(bucket) && !busy.busy(bucket)) {
                    TableWalk.Seen seen = find(walk.kept(bucket), key);
                    table.announce(key, seen == null ? null : seen.value(), seen == null ? Entry.NOTHING : seen.soft(), now);
                }
            }
        }
    }

    static TableWalk.Seen find(List<TableWalk.Seen> among, byte[] key) {
        for (TableWalk.Seen seen : among) {
            if (Arrays.equals(seen.key(), key)) {
                return seen;
            }
        }
        return null;
    }

    void result(long number, ByteBuffer frame) throws ProtocolException {
        boolean compared = Wire.octet(frame) != 0;
        ComparisonState told = new ComparisonState(Wire.number(frame), Wire.number(frame), Wire.number(frame), Wire.number(frame),
                Wire.number(frame), Wire.number(frame), Wire.number(frame));
        if (number == round) {
            abandon();
            if (compared) {
                // Numbers of checks of an earlier process say nothing.
                state = told.settled() <= check ? told : new ComparisonState(told.compared(), told.drift(), told.found(),
                        told.repaired(), told.futile(), told.millis(), 0);
            }
        }
    }

    boolean next(ByteBuffer into, int peerNumber) {
        if (refusalDue) {
            refusalDue = false;
            head(into, FrameType.DIGEST_ROOT, peerNumber);
            into.put((byte) 1);
            return true;
        }
        if (rootDue) {
            rootDue = false;
            head(into, FrameType.DIGEST_ROOT, peerNumber);
            into.put((byte) 0);
            into.put((byte) (walk.overfull() ? 1 : 0));
            for (int group = 0; group < 1 << DigestKey.GROUP_BITS; group++) {
                into.putLong(walk.groupSum(group));
            }
            return true;
        }
        if (!listed.isEmpty()) {
            writeEntries(into, peerNumber);
            return true;
        }
        int group = groupsDue.nextSetBit(0);
        if (group >= 0) {
            groupsDue.clear(group);
            writeBuckets(into, peerNumber, group);
            return true;
        }
        return false;
    }

    private void writeEntries(ByteBuffer into, int peerNumber) {
        int start = into.position();
        head(into, FrameType.DIGEST_ENTRIES, peerNumber);
        while (!listed.isEmpty() && into.position() - start + listed.peek().seen.key().length + 16 <= Limits.BATCH_BYTES) {
            Listed next = listed.poll();
            Wire.putNumber(into, next.bucket);
            Wire.putBytes(into, next.seen.key());
            into.putLong(next.seen.valueHash());
            into.put((byte) table.maker(next.seen.key()));
        }
    }

    private void writeBuckets(ByteBuffer into, int peerNumber, int group) {
        head(into, FrameType.DIGEST_BUCKETS, peerNumber);
        Wire.putNumber(into, group);
        int size = walk.groupSize();
        Wire.putBytes(into, busy.ofGroup(group, size));
        for (int bucket = group * size; bucket < (group + 1) * size; bucket++) {
            into.putLong(walk.sum(bucket));
        }
    }

    private void head(ByteBuffer into, int type, int peerNumber) {
        into.put((byte) type);
        Wire.putNumber(into, peerNumber);
        Wire.putNumber(into, round);
    }
}
