/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.protocol;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;

import twinwall.link.ProtocolException;

/** A comparison on the side that leads: begins rounds, compares sums, and sees to what differs. */
final class DigestLead {

    private static final long PATIENCE_MILLIS = 60_000;
    /** While the table is too busy to be compared, rounds are up to so many times rarer. */
    private static final int MOST_PATIENT = 16;
    /** After something was found the next round comes so many times sooner. */
    private static final int SOONER = 4;

    private final ComparedTable table;
    private final TableEvents events;
    private final Suspects suspects = new Suspects();
    private long interval;
    private long nextAt;
    private int patience = 1;
    private long round;
    private boolean shared;
    private long began;
    private TableWalk walk;
    private boolean walked;
    private BusyBuckets busy;
    private DigestRepair repair;
    private long[] theirGroups;
    private boolean theyHaveTooMuch;
    private final BitSet awaited = new BitSet();
    private boolean beginDue;
    private boolean askDue;
    private boolean resultDue;
    private boolean compared;
    private final Deque<byte[]> askedAgain = new ArrayDeque<>();
    private int bits;
    /** Buckets that seem to differ and are busy, in this round; and those of them that were so in every round since the last check. */
    private BitSet uncertain = new BitSet();
    private BitSet unproved;
    private long wanted;
    private long wantedByPeer;
    private long roundFor;
    private long roundForPeer;
    private long settledForPeer;
    private ComparisonState state = ComparisonState.NONE;

    DigestLead(ComparedTable table, TableEvents events) {
        this.table = table;
        this.events = events;
    }

    void every(long millis) {
        interval = millis;
    }

    ComparisonState state() {
        return state;
    }

    void check(long number, long now) {
        wanted = number;
        nextAt = now;
    }

    void checkOfPeer(long number, long now) {
        wantedByPeer = number;
        nextAt = now;
    }

    /** This firewall has just begun to lead, or ceased to. */
    void begins(long now) {
        suspects.clear();
        unproved = null;
        settledForPeer = 0;
        nextAt = now + interval / SOONER;
    }

    void tick(boolean sharing, boolean quick, long now) {
        shared = sharing;
        boolean hindered = !table.hindrance().isEmpty();
        if (walk != null) {
            if (hindered || now - began > PATIENCE_MILLIS + 4 * walk.paceMillis()) {
                giveUp(now);
            } else if (!walked && busy.hopeless()) {
                patience = Math.min(MOST_PATIENT, patience * 2);
                giveUp(now);
            }
        } else if (!hindered && now >= nextAt && !resultDue && askedAgain.isEmpty() && (interval > 0 || unsettled())) {
            begin(quick, now);
        }
    }

    private boolean unsettled() {
        return wanted > state.settled() || wantedByPeer > settledForPeer;
    }

    private void begin(boolean quick, long now) {
        int newBits = DigestKey.bits(table.known());
        if (newBits != bits) {
            bits = newBits;
            unproved = null;
            suspects.clear();
        }
        if (wanted > roundFor || wantedByPeer != roundForPeer) {
            unproved = null;
        }
        round++;
        began = now;
        uncertain = new BitSet();
        roundFor = wanted;
        roundForPeer = wantedByPeer;
        DigestKey key = new DigestKey(table.secret((byte) 1), table.secret((byte) 2));
        busy = table.open(key, bits);
        walk = new TableWalk(key, bits, suspects.due(round, unsettled(), (int) (table.known() >> bits)), quick, table.known());
        repair = new DigestRepair(table, walk);
        walked = false;
        theirGroups = null;
        beginDue = true;
        events.walkWanted(walk);
        events.wake();
    }

    /** Ends the round without a result; the peer is told. */
    private void giveUp(long now) {
        abandon(now);
        resultDue = true;
        events.wake();
    }

    void abandon(long now) {
        if (walk != null) {
            walk.end();
            table.close();
            nextAt = now + Math.max(interval, 1) * patience;
        }
        walk = null;
        busy = null;
        repair = null;
        awaited.clear();
        beginDue = false;
        askDue = false;
        resultDue = false;
        compared = false;
        askedAgain.clear();
    }

    void walked(TableWalk done, long now) {
        if (done == walk && walk != null) {
            walked = true;
            compareGroups(now);
        }
    }

    void walkFailed(TableWalk failed, long now) {
        if (failed == walk && walk != null) {
            giveUp(now);
        }
    }

    void root(long number, ByteBuffer frame, long now) throws ProtocolException {
        if (number != round || walk == null) {
            return;
        }
        if (Wire.octet(frame) != 0) {
            abandon(now);
            return;
        }
        theyHaveTooMuch = (Wire.octet(frame) & 1) != 0;
        theirGroups = new long[1 << DigestKey.GROUP_BITS];
        for (int group = 0; group < theirGroups.length; group++) {
            theirGroups[group] = Wire.eight(frame);
        }
        compareGroups(now);
    }

    void entries(long number, ByteBuffer frame) throws ProtocolException {
        if (number == round && walk != null) {
            repair.listed(frame);
        }
    }

    private void compareGroups(long now) {
        if (!walked || theirGroups == null) {
            return;
        }
        for (int group = 0; group < theirGroups.length; group++) {
            if (walk.groupSum(group) == theirGroups[group]) {
                int size = walk.groupSize();
                for (int bucket = group * size; !suspects.isEmpty() && bucket < (group + 1) * size; bucket++) {
                    suspects.equal(bucket);
                }
            } else {
                awaited.set(group);
            }
        }
        if (awaited.isEmpty()) {
            finish(now);
        } else {
            askDue = true;
            events.wake();
        }
    }

    void buckets(long number, ByteBuffer frame, long now) throws ProtocolException {
        int group = Wire.number(frame, (1 << DigestKey.GROUP_BITS) - 1, "a group of buckets");
        if (number != round || !awaited.get(group)) {
            return;
        }
        int size = walk.groupSize();
        BitSet busyThere = BitSet.valueOf(Wire.bytes(frame, size / 8 + 1, "busy buckets"));
        for (int i = 0; i < size; i++) {
            long theirs = Wire.eight(frame);
            int bucket = group * size + i;
            if (theirs == walk.sum(bucket)) {
                suspects.equal(bucket);
            } else if (busyThere.get(i) || busy.busy(bucket)) {
                uncertain.set(bucket);
            } else {
                differs(bucket, now);
            }
        }
        awaited.clear(group);
        if (awaited.isEmpty()) {
            finish(now);
        }
    }

    private void differs(int bucket, long now) {
        suspects.differs(bucket);
        if (walk.suspect(bucket) && !theyHaveTooMuch) {
            suspects.tried(bucket, repair.bucket(bucket, shared, askedAgain, now), round);
        }
    }

    private void finish(long now) {
        if (unproved == null) {
            unproved = uncertain;
        } else {
            unproved.and(uncertain);
        }
        boolean settles = !suspects.hopeful() && unproved.isEmpty();
        if (settles) {
            settledForPeer = roundForPeer;
        }
        state = new ComparisonState(walk.entries(), suspects.drift(), state.found() + repair.found(), suspects.repaired(),
                suspects.futile(), now - began, settles ? roundFor : state.settled());
        patience = busy.hopeless() ? Math.min(MOST_PATIENT, patience * 2) : 1;
        Deque<byte[]> toAsk = new ArrayDeque<>(askedAgain);
        abandon(now);
        askedAgain.addAll(toAsk);
        compared = true;
        resultDue = true;
        // A round over a very large table is longer than the interval. It rests for half as long, to take no more of a processor.
        nextAt = !settles && (suspects.hopeful() || unsettled()) ? now + interval / SOONER
                : Math.max(now + (now - began) / 2, began + interval * patience);
        events.wake();
    }

    boolean next(ByteBuffer into, int number) {
        if (beginDue) {
            beginDue = false;
            writeBegin(into, number);
            return true;
        }
        if (askDue) {
            askDue = false;
            head(into, FrameType.DIGEST_ASK, number);
            into.putLong(awaited.toLongArray()[0]);
            return true;
        }
        if (!askedAgain.isEmpty()) {
            int start = into.position();
            head(into, FrameType.DIGEST_REPAIR, number);
            while (!askedAgain.isEmpty() && into.position() - start + askedAgain.peek().length <= Limits.BATCH_BYTES) {
                Wire.putBytes(into, askedAgain.poll());
            }
            return true;
        }
        if (resultDue) {
            resultDue = false;
            writeResult(into, number);
            return true;
        }
        return false;
    }

    private void writeBegin(ByteBuffer into, int number) {
        head(into, FrameType.DIGEST_BEGIN, number);
        into.put((byte) walk.bits());
        into.put((byte) (walk.quick() ? 1 : 0));
        into.putLong(walk.key().k0());
        into.putLong(walk.key().k1());
        BitSet listed = walk.suspects();
        Wire.putNumber(into, listed.cardinality());
        int before = 0;
        for (int bucket = listed.nextSetBit(0); bucket >= 0; bucket = listed.nextSetBit(bucket + 1)) {
            Wire.putNumber(into, bucket - before);
            before = bucket;
        }
    }

    private void writeResult(ByteBuffer into, int number) {
        head(into, FrameType.DIGEST_RESULT, number);
        into.put((byte) (compared ? 1 : 0));
        Wire.putNumber(into, Math.max(0, state.compared()));
        Wire.putNumber(into, Math.max(0, state.drift()));
        Wire.putNumber(into, state.found());
        Wire.putNumber(into, state.repaired());
        Wire.putNumber(into, state.futile());
        Wire.putNumber(into, state.millis());
        Wire.putNumber(into, settledForPeer);
    }

    private void head(ByteBuffer into, int type, int number) {
        into.put((byte) type);
        Wire.putNumber(into, number);
        Wire.putNumber(into, round);
    }
}
