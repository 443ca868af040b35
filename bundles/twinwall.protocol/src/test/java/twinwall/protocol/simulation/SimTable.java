/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.protocol.simulation;

import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import twinwall.protocol.Answered;
import twinwall.protocol.Applier;
import twinwall.protocol.Entry;
import twinwall.protocol.EntryVisitor;
import twinwall.protocol.HandlerOrigin;
import twinwall.protocol.KeyHash;
import twinwall.protocol.TableAccess;
import twinwall.protocol.TableEvents;
import twinwall.protocol.TableReplica;
import twinwall.protocol.TableSpec;
import twinwall.protocol.TableWalk;
import twinwall.protocol.Work;

/** A service table of a firewall with its handler and the part of an engine that serves it. */
final class SimTable implements TableAccess, TableEvents {

    private static final byte[] NO_SOFT = new byte[0];

    final String type;
    final TableSpec spec;
    /** Types of tables whose entries its own need. */
    final List<String> needs;
    /** A concurrent map, because its iterators are weakly consistent like a real table's. */
    final Map<String, String> content = new ConcurrentHashMap<>();
    final TableReplica replica;
    boolean applying;
    boolean handlerHere = true;
    /** The next so many calls to the handler fail. */
    int failures;
    private final SimFirewall firewall;
    private final World world;
    private final Applier applier;
    final SimKeeper keeper;
    private long wanted;
    private long reading;
    private Iterator<Map.Entry<String, String>> iterator;
    private TableWalk walk;
    private Iterator<Map.Entry<String, String>> walked;
    private String heldKey;
    private String heldValue;

    SimTable(SimFirewall firewall, World world, int number, long clock) {
        this.firewall = firewall;
        this.world = world;
        this.type = "table-" + number;
        this.needs = world.causality.neededBy(number, world.plan.tables());
        this.spec = new TableSpec(type, 1, new byte[] {(byte) number}, false, number == 0, false, HandlerOrigin.UNKNOWN,
                world.ordered ? needs : List.of());
        this.replica = new TableReplica(spec, new KeyHash(world.random.nextLong(), world.random.nextLong()), firewall.me,
                world.random.nextLong(), clock, world.plan.backlogBytes(), this);
        this.applier = new Applier(replica, this);
        this.keeper = new SimKeeper(this, firewall, world);
    }

    /** The firewall itself changes its table. */
    void change() {
        String key = "k" + world.random.nextInt(world.plan.keys());
        if (world.random.nextInt(3) == 0) {
            if (content.containsKey(key)) {
                remove(key);
            }
        } else {
            put(key, world.newValue());
        }
    }

    void put(String key, String value) {
        content.put(key, value);
        world.changed(firewall, this, key, value);
        if (handlerHere || keeper.delivering()) {
            replica.put(bytes(key), bytes(value), soft());
        }
    }

    void remove(String key) {
        content.remove(key);
        world.changed(firewall, this, key, null);
        if (handlerHere || keeper.delivering()) {
            replica.remove(bytes(key));
        }
    }

    /** Its content changes and nobody reports it. */
    void corrupt() {
        String key = "k" + world.random.nextInt(world.plan.keys());
        String value = content.containsKey(key) && world.random.nextBoolean() ? null : world.newValue();
        world.trace(firewall + " " + type + " has " + key + "=" + shown(value) + " behind the engine's back");
        if (value == null) {
            content.remove(key);
        } else {
            content.put(key, value);
        }
        world.oracle.corrupted(firewall, this, key, value);
    }

    /** One step of a walk over the table for a comparison; false when there is none. */
    boolean walkOne() {
        if (walk == null || served() == null) {
            return false;
        }
        if (walked == null) {
            walked = served().entrySet().iterator();
        }
        if (walked.hasNext()) {
            Map.Entry<String, String> next = walked.next();
            walk.see(bytes(next.getKey()), bytes(next.getValue()), NO_SOFT);
        } else {
            world.trace(firewall + " " + type + " has walked");
            TableWalk done = walk;
            walk = null;
            replica.comparison().walked(done);
        }
        return true;
    }

    private byte[] soft() {
        return world.random.nextInt(4) == 0 ? bytes("s" + world.random.nextInt(100)) : NO_SOFT;
    }

    /** Applies the next piece of work; false when there was none. */
    boolean applyOne() {
        if (applying || served() == null) {
            return false;
        }
        Work work = replica.take();
        if (work == null) {
            return false;
        }
        world.trace(firewall + " " + type + " applies " + described(work));
        applying = true;
        try {
            (keeper.keeps() ? keeper.applier() : applier).apply(work);
        } catch (java.io.IOException e) {
            failed(e);
        } finally {
            applying = false;
        }
        return true;
    }

    /** One step of reading the table for a snapshot; false when none is being read. */
    boolean readOne() {
        if (served() == null) {
            return false;
        }
        if (wanted != reading) {
            reading = wanted;
            iterator = served().entrySet().iterator();
            heldKey = null;
        }
        if (iterator == null) {
            return false;
        }
        if (heldKey == null) {
            if (iterator.hasNext()) {
                Map.Entry<String, String> next = iterator.next();
                heldKey = next.getKey();
                heldValue = next.getValue();
            } else {
                replica.snapshotRead(reading);
                iterator = null;
            }
            return true;
        }
        TableReplica.Room room = replica.snapshotPut(reading, bytes(heldKey), bytes(heldValue), NO_SOFT);
        world.trace(firewall + " " + type + " read " + heldKey + "=" + shown(heldValue) + " for " + reading + " " + room);
        if (room == TableReplica.Room.FULL) {
            return false;
        }
        heldKey = null;
        if (room == TableReplica.Room.VOID) {
            iterator = null;
        }
        return true;
    }

    /** The handler's bundle stops. */
    void handlerGoes() {
        world.trace(firewall + " " + type + " handler goes");
        world.oracle.handlerGoes(firewall, this);
        handlerHere = false;
        iterator = null;
        replica.handlerGone();
    }

    /** A handler is here, unless it fails to take what was kept. */
    void handlerComes() {
        world.trace(firewall + " " + type + " handler comes");
        if (!keeper.waits()) {
            handlerHere = true;
            replica.handlerHere(spec);
        } else {
            keeper.deliver();
        }
    }

    /** Retries what failed before. */
    void retry() {
        if (keeper.keeps()) {
            keeper.retry();
        } else {
            replica.retryRestoring();
        }
    }

    private void failed(java.io.IOException cause) {
        if (keeper.keeps()) {
            keeper.failed(cause);
        } else if (cause instanceof HandlerFailure) {
            replica.restoringFailed("it failed");
        } else {
            throw new IllegalStateException(cause);
        }
    }

    /** What a snapshot is read from and a comparison walks over: the table, or what is kept; null when neither is served. */
    private Map<String, String> served() {
        return handlerHere ? content : keeper.keeps() ? keeper.content() : null;
    }

    @Override
    public void open(int schema, byte[] layout) throws HandlerFailure {
        called();
    }

    @Override
    public void put(byte[] key, byte[] value, byte[] soft) throws HandlerFailure {
        called();
        content.put(text(key), text(value));
        world.trace(firewall + " " + type + " restored " + text(key) + "=" + shown(text(value)));
        world.causality.restored(firewall, this, text(value));
        world.between(firewall);
    }

    @Override
    public void remove(byte[] key) throws HandlerFailure {
        called();
        content.remove(text(key));
        world.trace(firewall + " " + type + " restored removal of " + text(key));
        world.between(firewall);
    }

    @Override
    public int compare(byte[] key, byte[] mine, byte[] theirs) {
        world.between(firewall);
        return world.compare(text(mine), text(theirs));
    }

    @Override
    public void visit(EntryVisitor visitor) throws java.io.IOException {
        called();
        for (Map.Entry<String, String> entry : content.entrySet()) {
            visitor.visit(bytes(entry.getKey()), bytes(entry.getValue()), NO_SOFT);
            world.between(firewall);
        }
    }

    private void called() throws HandlerFailure {
        world.between(firewall);
        if (failures > 0) {
            failures--;
            throw new HandlerFailure();
        }
    }

    @Override
    public void wake() {
        // Connections are asked at every step.
    }

    @Override
    public void workArrived() {
        // Work is asked for at every step.
    }

    @Override
    public void answered(Object who, Answered how) {
        throw new AssertionError("nobody asks");
    }

    @Override
    public void snapshotWanted(long id) {
        wanted = id;
    }

    @Override
    public void walkWanted(TableWalk wantedWalk) {
        walk = wantedWalk;
        walked = null;
    }

    @Override
    public void snapshotRoom() {
        // Reading is tried at every step.
    }

    private static String described(Work work) {
        List<Entry> entries = work instanceof Work.Changes changes ? changes.entries()
                : work instanceof Work.Snapshot snapshot ? snapshot.entries() : List.of();
        StringBuilder text = new StringBuilder(work.getClass().getSimpleName());
        for (Entry entry : entries) {
            text.append(' ').append(text(entry.key())).append('=').append(entry.removed() ? "removed" : shown(text(entry.value())))
                    .append('@').append(entry.stamp());
        }
        return text.toString();
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.US_ASCII);
    }

    static String shown(String value) {
        return value == null ? "removed" : value.length() > 12 ? value.substring(0, 12) : value;
    }

    /** The handler fails. */
    static final class HandlerFailure extends java.io.IOException {
        private static final long serialVersionUID = 1L;
    }
}
