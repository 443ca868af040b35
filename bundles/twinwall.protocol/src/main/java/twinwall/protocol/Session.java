/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.protocol;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

import twinwall.link.Connection;
import twinwall.link.ProtocolException;

/**
 * One connection to the peer: greeting, hellos, and on the running link the tables. {@link #next} and {@link #received} are called on the
 * connection's one thread.
 */
public final class Session implements DataLink {

    /** {@code TWNW}, so that a stranger's bytes are told from a peer's. */
    static final int MAGIC = 0x54574e57;
    /** The protocol versions that this code speaks. */
    static final int NEWEST_VERSION = 1;
    static final int OLDEST_VERSION = 1;

    private static final int CONTROL_LIMIT = 256;

    private final Member member;
    private final Connection connection;
    private final int order;
    private final boolean heartbeatOnlyHere;
    private final Echo echo = new Echo();
    private final Deque<byte[]> control = new ArrayDeque<>();
    private final PeerTables peerTables;
    private boolean greetingSent;
    private boolean goodbye;
    private volatile boolean saidThatItRuns;
    private volatile boolean established;
    private volatile boolean carriesData;
    private volatile boolean helloDue;
    private volatile long lastHello = Long.MIN_VALUE;
    private volatile long lastHeard;
    private volatile long notBefore = Long.MIN_VALUE;
    private volatile long goodSince;
    private volatile boolean heartbeatOnly;
    private boolean doubted;
    /** The peer has said that it follows the choice by which this link runs: until then its table frames are of an earlier one. */
    private volatile boolean peerFollows;
    private long helloNumber;
    private long heardNumber;
    private volatile boolean roleToSay = true;
    private long roleSaidIn = Long.MAX_VALUE;
    private final Turns turns = new Turns();
    private final LastFrame lastFrame = new LastFrame();
    private volatile boolean abandoned;
    private volatile long incarnation;

    Session(Member member, Connection connection, int order, boolean heartbeatOnly, long now) {
        this.member = member;
        this.peerTables = new PeerTables(this, member);
        this.connection = connection;
        this.order = order;
        this.heartbeatOnlyHere = heartbeatOnly;
        this.heartbeatOnly = heartbeatOnly;
        this.lastHeard = now;
        this.goodSince = now;
    }

    /** Writes the next frame, most urgent first; false when nothing is due. */
    public boolean next(ByteBuffer into, long now) {
        lastFrame.none();
        if (!greetingSent) {
            greetingSent = true;
            member.greeting(into, heartbeatOnlyHere);
            return true;
        }
        // Whatever is said of tables counts on this link once the other side knows that it runs.
        boolean unsaid = established && carriesData && !saidThatItRuns;
        byte[] command = unsaid ? null : command();
        if (command != null) {
            into.put(command);
            return true;
        }
        if (!established) {
            return false;
        }
        long interval = member.hellos().intervalMillis();
        if (unsaid || helloDue || lastHello == Long.MIN_VALUE || now - lastHello >= interval) {
            helloDue = false;
            writeHello(into, now);
            return true;
        }
        return carriesData && saidThatItRuns && works(now, member.hellos()) && nextOfTables(into, now);
    }

    private void writeHello(ByteBuffer into, long now) {
        // Watermarks reserve for a whole interval; a hello out of turn must not shorten what the regular one promised.
        boolean regular = lastHello == Long.MIN_VALUE || now - lastHello >= member.hellos().intervalMillis();
        if (regular) {
            lastHello = now;
        }
        into.put((byte) FrameType.HELLO);
        Wire.putNumber(into, ++helloNumber);
        echo.sent(helloNumber, now);
        roleSaidIn = roleToSay ? helloNumber : roleSaidIn;
        roleToSay = false;
        Wire.putNumber(into, heardNumber);
        member.writeHello(this, into, regular, now);
    }

    /**
     * The hello that is being written says that this link runs; only then offers may follow. Called with the member's lock held: else a
     * choice made meanwhile would be taken for said, or said on a link that is not the chosen one.
     */
    void saysThatItRuns() {
        saidThatItRuns = true;
    }

    @Override
    public boolean announced() {
        return saidThatItRuns;
    }

    private boolean nextOfTables(ByteBuffer into, long now) {
        List<NumberedTable> tables = member.tables().all();
        for (NumberedTable table : tables) {
            if (table.replica().traffic().nextControl(this, into, table.number(), table.peerNumber())) {
                return true;
            }
        }
        if (member.tables().writeDueWatermarks(into)) {
            return true;
        }
        return changes(turns.changes(tables, now, member.gatherMillis()), into) || member.messages().next(into, false)
                || member.comparisons().next(into) || turns.snapshot(this, tables, into) || changes(turns.beforeSnapshot(), into)
                || member.messages().next(into, true);
    }

    private boolean changes(Turns.Due due, ByteBuffer into) {
        if (due == null) {
            return false;
        }
        NumberedTable table = due.table();
        lastFrame.changes(table.replica());
        if (table.replica().traffic().nextChanges(this, into, table.number(), table.peerNumber(), due.limit())) {
            return true;
        }
        lastFrame.none();
        return false;
    }

    /** A frame has come. */
    public void received(ByteBuffer frame, long now) throws ProtocolException {
        lastFrame.none();
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
            case FrameType.WATERMARKS -> peerTables.watermarks(frame);
            case FrameType.QUICK_BACKUP -> member.peerSwitchesQuickBackup(Wire.octet(frame) != 0);
            case FrameType.SYNC -> member.sendAllAgain();
            case FrameType.MESSAGE -> member.message(frame, connection.confidential());
            case FrameType.SPLIT_BRAIN -> member.told(SplitBrain.read(frame, member.settings().peer()));
            default -> {
                peerTables.frame(type, frame, carriesData, peerFollows);
                member.confirmed(now);
            }
        }
    }

    private void greeted(ByteBuffer frame, long now) throws ProtocolException {
        if (established) {
            throw new ProtocolException("second-greeting", "greeted twice");
        }
        Greeting greeting = Greeting.read(frame);
        member.greeted(this, greeting, now);
        heartbeatOnly = heartbeatOnlyHere || greeting.heartbeatOnly();
        lastHeard = now;
        goodSince = now;
        established = true;
        member.choose(now);
        connection.wake();
    }

    private void hello(ByteBuffer frame, long now) throws ProtocolException {
        member.awake(now);
        heardNumber = Wire.number(frame);
        long peerHeard = Wire.number(frame);
        echo.heard(peerHeard);
        PeerHello hello = PeerHello.read(frame, !roleToSay && peerHeard >= roleSaidIn);
        long roleMillis = Wire.number(frame);
        lastHeard = now;
        if (!goodbye) {
            member.heard(this, hello, roleMillis, now);
        }
        long choice = Wire.number(frame);
        if (choice > 0) {
            member.follow(this, choice, now);
            boolean present = carriesData && choice == member.links().choice();
            peerFollows |= present;
            if (present) {
                member.toldDelivered(hello.delivered());
            }
        }
        peerTables.watermarks(frame);
    }

    PeerTables peerTables() {
        return peerTables;
    }

    /** What the last frame, written or received, was of. */
    public LastFrame lastFrame() {
        return lastFrame;
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

    /** The peer is to be told of a new role. */
    void sayRole() {
        roleToSay = true;
        sayHelloNow();
    }

    void sayHelloNow() {
        helloDue = true;
        connection.wake();
    }

    void carriesData(boolean carries) {
        // The peer must know of the choice before it gets tables over this link.
        saidThatItRuns = false;
        peerFollows &= !carries;
        carriesData = carries;
        connection.wake();
    }

    /** It is the one that carries the data. */
    public boolean carriesData() {
        return carriesData;
    }

    /** Greeted both ways. */
    public boolean established() {
        return established;
    }

    /** Whether data may go over it at all: neither side keeps it for heartbeats. */
    boolean mayCarryData() {
        return established && !heartbeatOnly;
    }

    /** Whether this link or the peer's end of it is for heartbeats only. */
    public boolean heartbeatOnly() {
        return heartbeatOnly;
    }

    /** Whether it is heard in both directions: data gets through. */
    boolean works(long now, Hellos timing) {
        return established && silentMillis(now) < timing.detectionMillis() && echo.unheardMillis(now) < timing.detectionMillis();
    }

    /** Whether no hello is missing in either direction for so long that another link should be used. */
    boolean fresh(long now, Hellos timing) {
        // The peer says what it has heard with its next hello only.
        return works(now, timing) && silentMillis(now) < timing.failoverMillis()
                && echo.unheardMillis(now) < timing.failoverMillis() + timing.intervalMillis();
    }

    /** Since when it has been fresh without a break. */
    long goodSince() {
        return goodSince;
    }

    void noteHealth(long now, Hellos timing) {
        if (!fresh(now, timing)) {
            goodSince = now;
        }
    }

    /** What is wrong with it just now; empty when the peer answers. */
    public String trouble(long now) {
        Hellos timing = member.hellos();
        if (!established) {
            return "connected, but no greeting has come";
        }
        if (silentMillis(now) >= timing.failoverMillis()) {
            return "no hello for " + silentMillis(now) + " ms";
        }
        return works(now, timing) ? "" : "the peer does not hear this firewall";
    }

    /** For how long nothing was heard although this process listened. */
    private long silentMillis(long now) {
        return Math.max(0, now - Math.max(lastHeard, notBefore));
    }

    /** This process stood still until now: what the peer said meanwhile may still be waiting. */
    void listenAnew(long now) {
        notBefore = now;
        echo.listenAnew(now);
    }

    /** When the last of its hellos was sent that the peer says it has heard; -1 while there is none. */
    long heardSentAt() {
        return echo.heardSentAt();
    }

    /** Time passes: says hello when due; doubts a connection on which nothing is heard. */
    void tick(long now) {
        boolean silent = silentMillis(now) >= member.hellos().detectionMillis();
        if (silent && !established) {
            connection.close("no-hello");
        } else if (silent && !doubted) {
            // What this side says may still arrive, so the connection is kept until there is a better one.
            connection.seekAnother();
        }
        doubted = silent;
        connection.wake();
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

    boolean peerFollows() {
        return peerFollows;
    }

    int order() {
        return order;
    }

    Connection connection() {
        return connection;
    }
}
