/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.protocol;

import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.concurrent.atomic.AtomicReferenceArray;

import twinwall.link.ProtocolException;

/** What the peer says of tables on one connection, under the numbers that it has given them there. On the connection's thread. */
final class PeerTables {

    private final Session session;
    private final Member member;
    private final AtomicReferenceArray<TableReplica> theirs = new AtomicReferenceArray<>(Limits.TABLES);
    private final BitSet offered = new BitSet(Limits.TABLES);

    PeerTables(Session session, Member member) {
        this.session = session;
        this.member = member;
    }

    /** Watermarks, also at the end of a hello. */
    void watermarks(ByteBuffer frame) throws ProtocolException {
        int count = Wire.number(frame, Limits.TABLES, "count of watermarks");
        for (int i = 0; i < count; i++) {
            Watermark watermark = new Watermark(Wire.number(frame, Limits.TABLES - 1, "a table's number"), Wire.number(frame),
                    Wire.number(frame), Wire.number(frame), Wire.number(frame));
            TableReplica table = theirs.get(watermark.table());
            if (table != null) {
                table.traffic().watermark(watermark);
            }
        }
    }

    /** A frame of a table; {@code counts}: the peer knows of the choice by which this link runs. */
    void frame(int type, ByteBuffer frame, boolean runs, boolean counts) throws ProtocolException {
        if (type >= FrameType.SKIPPABLE) {
            if (runs && counts) {
                member.comparisons().received(type, frame, number -> offered.get(number) ? theirs.get(number) : null);
            }
            return;
        }
        int number = Wire.number(frame, Limits.TABLES - 1, "a table's number");
        if (runs && !counts && type != FrameType.OFFER) {
            // Sent before the peer knew of the present choice: what counts of it is sent again.
            return;
        }
        switch (type) {
            case FrameType.OFFER -> offer(number, frame);
            case FrameType.WITHDRAW -> member.withdrawn(session, number, their(number));
            case FrameType.ACCEPT -> accept(number, frame);
            case FrameType.CONFIRM -> confirm(number, Wire.number(frame), Wire.number(frame), Wire.number(frame));
            case FrameType.CHANGES -> changes(number, frame);
            case FrameType.SNAPSHOT_BEGIN, FrameType.SNAPSHOT_ENTRIES, FrameType.SNAPSHOT_END -> {
                TableReplica table = their(number);
                if (table != null) {
                    snapshot(type, table, frame);
                }
            }
            default -> throw new ProtocolException("unknown-frame", "unknown frame type " + type);
        }
    }

    private void snapshot(int type, TableReplica table, ByteBuffer frame) throws ProtocolException {
        int bytes = frame.remaining();
        long id = Wire.number(frame);
        long second = Wire.number(frame);
        switch (type) {
            case FrameType.SNAPSHOT_BEGIN -> table.traffic().snapshotBegins(session, new SnapshotBegin(id, second, Wire.clock(frame),
                    Wire.number(frame), Wire.number(frame), Wire.number(frame), Wire.number(frame),
                    frame.hasRemaining() ? Gap.read(frame) : null));
            case FrameType.SNAPSHOT_ENTRIES -> table.traffic().snapshotEntries(session, id, second,
                    EntryCodec.read(frame, Wire.number(frame)), bytes);
            default -> table.traffic().snapshotEnds(session, id, second);
        }
    }

    private void offer(int number, ByteBuffer frame) throws ProtocolException {
        String type = Wire.text(frame, "a table type");
        Offer offer = Offer.read(frame);
        offered.set(number);
        member.offered(session, number, type, offer);
    }

    private void accept(int number, ByteBuffer frame) throws ProtocolException {
        Accept accept = Accept.read(frame);
        TableReplica table = member.tables().get(number);
        if (table != null) {
            table.traffic().accepted(session, accept);
        }
    }

    private void confirm(int number, long applied, long snapshotId, long position) {
        TableReplica table = member.tables().get(number);
        if (table != null) {
            session.lastFrame().confirmation(table);
            table.traffic().confirmed(session, applied, snapshotId, position);
        }
    }

    private void changes(int number, ByteBuffer frame) throws ProtocolException {
        int bytes = frame.remaining();
        long firstSeq = Wire.number(frame);
        int confirms = Wire.number(frame, Limits.TABLES, "a table's number");
        long applied = Wire.number(frame);
        if (confirms > 0) {
            confirm(confirms - 1, applied, 0, 0);
        }
        TableReplica table = their(number);
        if (table != null) {
            session.lastFrame().changes(table);
            table.traffic().changes(session, firstSeq, EntryCodec.read(frame, Wire.number(frame)), bytes);
        }
    }

    /** The table that the peer offered under this number, or null while there is none of its type here. */
    private TableReplica their(int number) throws ProtocolException {
        if (!offered.get(number)) {
            throw new ProtocolException("unknown-table", "table number " + number + " was not offered on this connection");
        }
        return theirs.get(number);
    }

    /** A table of the offered type is here: frames for that number go to it. */
    void adopt(int number, TableReplica table) {
        theirs.set(number, table);
    }
}
