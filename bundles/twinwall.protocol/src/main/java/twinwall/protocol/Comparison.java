/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.protocol;

import java.nio.ByteBuffer;
import java.util.List;

import twinwall.link.ProtocolException;

/**
 * Compares what is really in a table with what is in the peer's, every few seconds, and has repaired what differs. One firewall leads:
 * the one that processes services, in load balancing the one whose name sorts first. Any thread may call it.
 * <p>
 * In each round both walk over their tables and add the hashes of their entries up, bucket by bucket. The sums of groups of buckets are
 * compared first, those of buckets only where groups differ. Buckets in which anything changes meanwhile are left alone.
 */
public final class Comparison {

    /** This firewall's part in it. */
    public enum Part {
        /** There is nothing to compare with. */
        NONE,
        /** It decides when to compare, and its entries are right. */
        LEAD,
        /** It decides when to compare; whoever made an entry has it right. */
        LEAD_SHARED,
        /** The peer leads. */
        FOLLOW
    }

    private final Object lock;
    private final ComparedTable table;
    private final TableEvents events;
    private final DigestLead lead;
    private final DigestFollow follow;
    private Part part = Part.NONE;
    private boolean followed;
    private long now;

    Comparison(Object lock, ComparedTable table, TableEvents events) {
        this.lock = lock;
        this.table = table;
        this.events = events;
        this.lead = new DigestLead(table, events);
        this.follow = new DigestFollow(table, events);
    }

    /** Compares so often, in ms; 0 only when it is asked to. */
    public void every(long millis) {
        synchronized (lock) {
            lead.every(millis);
        }
    }

    /** How comparisons stand. */
    public ComparisonState state() {
        synchronized (lock) {
            return followed ? follow.state() : lead.state();
        }
    }

    /** Why nothing is compared just now; empty when it is. */
    public String hindrance() {
        synchronized (lock) {
            if (table.kept() || table.keptByPeer() && part == Part.FOLLOW) {
                return table.kept() ? "no handler is here" : "the peer has no handler for it";
            }
            return part == Part.NONE ? "the peer does not stand by" : table.hindrance();
        }
    }

    /** A walk was done to its end. */
    public void walked(TableWalk walk) {
        synchronized (lock) {
            lead.walked(walk, now);
            follow.walked(walk);
        }
    }

    /** A walk could not be done to its end. */
    public void walkFailed(TableWalk walk) {
        synchronized (lock) {
            lead.walkFailed(walk, now);
            follow.walkFailed(walk);
        }
    }

    /** Compares at once, whatever the interval; {@link ComparisonState#settled} tells when. {@code number} grows with each call. */
    void check(long number) {
        synchronized (lock) {
            lead.check(number, now);
            follow.check(number);
        }
    }

    void checkOfPeer(long number) {
        synchronized (lock) {
            lead.checkOfPeer(number, now);
        }
    }

    void tick(Part newPart, boolean quick, long millis) {
        synchronized (lock) {
            now = millis;
            if (newPart != part) {
                part = newPart;
                followed = part == Part.FOLLOW || part == Part.NONE && followed;
                stop();
                lead.begins(now);
            }
            if (!table.kept() && (part == Part.LEAD || part == Part.LEAD_SHARED)) {
                lead.tick(part == Part.LEAD_SHARED, quick, now);
            }
        }
    }

    /** The connection is another one, or there is none. */
    void abandon() {
        lead.abandon(now);
        follow.abandon();
        table.close();
    }

    /** The firewall's part is another one. */
    void stop() {
        lead.abandon(now);
        follow.giveUp();
        table.close();
    }

    void touch(byte[] key) {
        table.touch(key);
    }

    List<Operation> applying(List<Operation> operations) {
        table.applying(operations);
        return operations;
    }

    /** A frame of a comparison; its type and the table's number are read. */
    void received(int type, ByteBuffer frame) throws ProtocolException {
        synchronized (lock) {
            long round = Wire.number(frame);
            switch (type) {
                case FrameType.DIGEST_BEGIN -> follow.begin(part == Part.FOLLOW, round, frame);
                case FrameType.DIGEST_ASK -> follow.ask(round, frame);
                case FrameType.DIGEST_REPAIR -> follow.repair(round, frame, now);
                case FrameType.DIGEST_RESULT -> follow.result(round, frame);
                case FrameType.DIGEST_ROOT -> lead.root(round, frame, now);
                case FrameType.DIGEST_ENTRIES -> lead.entries(round, frame);
                case FrameType.DIGEST_BUCKETS -> lead.buckets(round, frame, now);
                default -> {
                    // Of a later version.
                }
            }
            events.wake();
        }
    }

    /** Writes the next frame; false when there is none. */
    boolean next(ByteBuffer into, int number, int peerNumber) {
        synchronized (lock) {
            return lead.next(into, number) || peerNumber >= 0 && follow.next(into, peerNumber);
        }
    }
}
