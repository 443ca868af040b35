/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.protocol;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;

import twinwall.group.Role;
import twinwall.link.Connection;
import twinwall.link.ProtocolException;

/**
 * One connection to the peer: greeting, hellos, and on the running link the tables. {@link #next} and {@link #received} are called on the
 * connection's one thread.
 */
public final class Session {

    /** {@code TWNW}, so that a stranger's bytes are told from a peer's. */
    static final int MAGIC = 0x54574e57;
    /** The protocol versions that this code speaks. */
    static final int NEWEST_VERSION = 1;
    static final int OLDEST_VERSION = 1;

    private static final int CONTROL_LIMIT = 256;

    private final Member member;
    private final Connection connection;
    private final int order;
    private final Deque<byte[]> control = new ArrayDeque<>();
    private final AtomicReferenceArray<TableReplica> theirs = new AtomicReferenceArray<>(Limits.TABLES);
    private final BitSet offered = new BitSet(Limits.TABLES);
    private boolean greetingSent;
    private boolean goodbye;
    private boolean saidThatItRuns;
    private volatile boolean established;
    private volatile boolean carriesData;
    private volatile boolean helloDue;
    private volatile long lastHello = Long.MIN_VALUE;
    private volatile long lastHeard;
    private long helloNumber;
    private long heardNumber;
    private int turn;
    private volatile boolean abandoned;
    private volatile long incarnation;

    Session(Member member, Connection connection, int order, long now) {
        this.member = member;
        this.connection = connection;
        this.order = order;
        this.lastHeard = now;
    }

    /** Writes the next frame, most urgent first; false when nothing is due. */
    public boolean next(ByteBuffer into, long now) {
        if (!greetingSent) {
            greetingSent = true;
            member.greeting(into);
            return true;
        }
        byte[] command = command();
        if (command != null) {
            into.put(command);
            return true;
        }
        if (!established) {
            return false;
        }
        long interval = member.settings().helloIntervalMillis();
        if (helloDue || carriesData && !saidThatItRuns || lastHello == Long.MIN_VALUE || now - lastHello >= interval) {
            helloDue = false;
            writeHello(into, now);
            return true;
        }
        return carriesData && saidThatItRuns && nextOfTables(into, now);
    }

    private void writeHello(ByteBuffer into, long now) {
        // Watermarks reserve for a whole interval; a hello out of turn must not shorten what the regular one promised.
        boolean regular = lastHello == Long.MIN_VALUE || now - lastHello >= member.settings().helloIntervalMillis();
        if (regular) {
            lastHello = now;
        }
        into.put((byte) FrameType.HELLO);
        Wire.putNumber(into, ++helloNumber);
        Wire.putNumber(into, heardNumber);
        // Before the first offer on a link the hello goes out that says that this link runs.
        saidThatItRuns = carriesData;
        member.writeHello(into, regular, saidThatItRuns);
    }

    private boolean nextOfTables(ByteBuffer into, long now) {
        List<NumberedTable> tables = member.tables().all();
        for (NumberedTable table : tables) {
            if (table.replica().nextControl(into, table.number(), table.peerNumber())) {
                return true;
            }
        }
        if (member.tables().writeDueWatermarks(into)) {
            return true;
        }
        NumberedTable due = mostUrgent(tables, now);
        if (due != null) {
            return due.replica().nextChanges(into, due.number(), due.peerNumber());
        }
        for (int i = 0; i < tables.size(); i++) {
            NumberedTable table = tables.get((turn + i) % tables.size());
            if (table.replica().nextSnapshot(into, table.number())) {
                turn = (turn + i + 1) % tables.size();
                return true;
            }
        }
        return false;
    }

    /** Tables take turns, so that a busy one does not starve the others of its lane. */
    private NumberedTable mostUrgent(List<NumberedTable> tables, long now) {
        NumberedTable gathered = null;
        for (int i = 0; i < tables.size(); i++) {
            NumberedTable table = tables.get((turn + i) % tables.size());
            Lane lane = table.replica().lane(now, member.gatherMillis());
            if (lane == Lane.URGENT) {
                turn = (turn + i + 1) % tables.size();
                return table;
            }
            if (lane == Lane.CHANGES && gathered == null) {
                gathered = table;
            }
        }
        if (gathered != null) {
            turn = (turn + 1) % tables.size();
        }
        return gathered;
    }

    /** A frame has come. */
    public void received(ByteBuffer frame, long now) throws ProtocolException {
        if (abandoned) {
            return;
        }
        int type = Wire.octet(frame);
        if (type == FrameType.GREETING) {
            greeted(frame, now);
            return;
        }
        if (!established) {
            throw new ProtocolException("no-greeting", "frame type " + type + " before the greeting");
        }
        switch (type) {
            case FrameType.GOODBYE -> {
                goodbye = true;
                member.goodbye(Wire.text(frame, "a reason"), now);
            }
            case FrameType.HELLO -> hello(frame, now);
            case FrameType.WATERMARKS -> watermarks(frame);
            case FrameType.SWITCHOVER -> member.takeOver(now);
            case FrameType.QUICK_BACKUP -> member.peerSwitchesQuickBackup(Wire.octet(frame) != 0);
            case FrameType.SYNC -> member.sendAllAgain();
            default -> tableFrame(type, frame);
        }
    }

    private void greeted(ByteBuffer frame, long now) throws ProtocolException {
        if (established) {
            throw new ProtocolException("second-greeting", "greeted twice");
        }
        Greeting greeting = Greeting.read(frame);
        member.greeted(this, greeting, now);
        established = true;
        lastHeard = now;
        member.choose();
        connection.wake();
    }

    private void hello(ByteBuffer frame, long now) throws ProtocolException {
        heardNumber = Wire.number(frame);
        Wire.number(frame);
        int role = Wire.octet(frame);
        if (role >= Role.values().length) {
            throw new ProtocolException("bad-hello", "unknown role " + role);
        }
        long version = Wire.number(frame);
        Cause granted = Cause.read(Wire.octet(frame));
        int priority = Wire.number(frame, 1_000_000, "priority");
        int failedItems = Wire.number(frame, Limits.ITEMS, "count of failed items");
        int flags = Wire.octet(frame);
        lastHeard = now;
        if (!goodbye) {
            member.heard(new PeerHello(Role.values()[role], version, granted, priority, failedItems, (flags & PeerHello.READY) != 0,
                    (flags & PeerHello.DELIVERED) != 0), now);
        }
        long choice = Wire.number(frame);
        if (choice > 0) {
            member.follow(this, choice);
        }
        watermarks(frame);
    }

    private void watermarks(ByteBuffer frame) throws ProtocolException {
        int count = Wire.number(frame, Limits.TABLES, "count of watermarks");
        for (int i = 0; i < count; i++) {
            Watermark watermark = new Watermark(Wire.number(frame, Limits.TABLES - 1, "a table's number"), Wire.number(frame),
                    Wire.number(frame), Wire.number(frame), Wire.number(frame));
            TableReplica table = theirs.get(watermark.table());
            if (table != null) {
                table.watermark(watermark);
            }
        }
    }

    private void tableFrame(int type, ByteBuffer frame) throws ProtocolException {
        if (type >= FrameType.SKIPPABLE) {
            return;
        }
        int number = Wire.number(frame, Limits.TABLES - 1, "a table's number");
        switch (type) {
            case FrameType.OFFER -> offer(number, frame);
            case FrameType.WITHDRAW -> member.withdrawn(this, number, their(number));
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
            case FrameType.SNAPSHOT_BEGIN -> table.snapshotBegins(this, new SnapshotBegin(id, second, Wire.clock(frame),
                    Wire.number(frame), Wire.number(frame), Wire.number(frame), Wire.number(frame)));
            case FrameType.SNAPSHOT_ENTRIES -> table.snapshotEntries(this, id, second, EntryCodec.read(frame, Wire.number(frame)), bytes);
            default -> table.snapshotEnds(this, id, second);
        }
    }

    private void offer(int number, ByteBuffer frame) throws ProtocolException {
        String type = Wire.text(frame, "a table type");
        int schema = Wire.number(frame, Integer.MAX_VALUE, "a schema");
        long log = Wire.eight(frame);
        long offer = Wire.number(frame);
        long firstClock = Wire.clock(frame);
        byte[] layout = Wire.bytes(frame, Limits.LAYOUT, "a layout");
        offered.set(number);
        member.offered(this, number, type, new Offer(offer, new Work.Open(schema, layout), log, firstClock));
    }

    private void accept(int number, ByteBuffer frame) throws ProtocolException {
        int status = Wire.octet(frame);
        if (status >= Accept.Status.values().length) {
            throw new ProtocolException("bad-accept", "unknown status " + status);
        }
        Accept accept = new Accept(Accept.Status.values()[status], Wire.eight(frame), Wire.number(frame), Wire.number(frame),
                Wire.number(frame), Wire.number(frame), Wire.number(frame), Wire.text(frame, "a reason"));
        if (accept.received() < 0 || accept.snapshotReceived() < 0) {
            throw new ProtocolException("bad-accept", "a number is out of range");
        }
        TableReplica table = member.tables().get(number);
        if (table != null) {
            table.accepted(this, accept);
        }
    }

    private void confirm(int number, long applied, long snapshotId, long position) {
        TableReplica table = member.tables().get(number);
        if (table != null) {
            table.confirmed(this, applied, snapshotId, position);
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
            table.changes(this, firstSeq, EntryCodec.read(frame, Wire.number(frame)), bytes);
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

    /** The connection is gone. */
    public void closed(long now) {
        member.closed(this, now);
    }

    private byte[] command() {
        synchronized (control) {
            return control.poll();
        }
    }

    void command(byte[] frame) {
        synchronized (control) {
            if (control.size() < CONTROL_LIMIT) {
                control.add(frame);
            }
        }
        connection.wake();
    }

    void sayHelloNow() {
        helloDue = true;
        connection.wake();
    }

    void carriesData(boolean carries) {
        // The peer must know of the choice before it gets tables over this link.
        carriesData = carries;
        connection.wake();
    }

    /** Of the links, the first that is ready carries the data. */
    public boolean carriesData() {
        return carriesData;
    }

    /** Greeted both ways. */
    public boolean established() {
        return established;
    }

    /** Time of the last hello. */
    public long lastHeard() {
        return lastHeard;
    }

    /** A connection to a process that is dead: what still comes of it would confuse. */
    void abandon(String reason) {
        abandoned = true;
        connection.close(reason);
    }

    void incarnation(long ofPeer) {
        incarnation = ofPeer;
    }

    long incarnation() {
        return incarnation;
    }

    int order() {
        return order;
    }

    Connection connection() {
        return connection;
    }
}
