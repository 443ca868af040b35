/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.protocol;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;

/** A service table of a {@link TestFirewall} with its handler, and the part of an engine that serves it. */
final class TestTable implements TableAccess, TableEvents {

    /** Values that name a state: of two, the one further right wins a conflict. */
    private static final List<String> STATES = List.of("syn", "established", "closed");

    /** Its iterators are weakly consistent, like those of a real table. */
    final ConcurrentSkipListMap<String, String> content = new ConcurrentSkipListMap<>();
    final TableReplica replica;
    /** What the handler was told to do, in order. */
    final List<String> restored = new ArrayList<>();
    /** Layouts that the handler was opened with. */
    final List<Integer> openedWith = new ArrayList<>();
    /** Who was told what about entries that were {@link #ask asked} for, in order. */
    final List<String> answers = new ArrayList<>();
    /** Keys of entries that the firewall does not take from its peer. */
    final Set<String> refused = new HashSet<>();
    int snapshotsWanted;
    /** The handler is slow: it neither takes nor gives. */
    boolean paused;
    /** The handler fails when it is called. */
    boolean failing;
    /** Walks over the table for comparisons with the peer's. */
    int walks;
    private TableWalk walkWanted;
    private final Applier applier;
    private boolean handler = true;
    private long wanted;
    private ConcurrentSkipListMap<String, String> source;
    private String at;

    TestTable(TableSpec spec, int me, long log, long clock, long backlogBytes) {
        replica = new TableReplica(spec, new KeyHash(log, ~log), me, log, clock, backlogBytes, this);
        applier = new Applier(replica, this);
    }

    /** The firewall itself adds or changes an entry. */
    void set(String key, String value) {
        content.put(key, value);
        replica.put(bytes(key), bytes(value), Entry.NOTHING);
    }

    /** The firewall itself adds or changes an entry and wants to know when the peer has it: {@link #answers} will name the value. */
    void ask(String key, String value) {
        content.put(key, value);
        Answered atOnce = replica.put(bytes(key), bytes(value), Entry.NOTHING, false, value);
        if (atOnce != null) {
            answers.add(value + " at once " + atOnce);
        }
    }

    /** The firewall itself removes an entry. */
    void delete(String key) {
        content.remove(key);
        replica.remove(bytes(key));
    }

    /** Applies what came and reads what is wanted, as far as there is room. */
    void work() {
        if (!handler || paused) {
            return;
        }
        for (Work work = replica.take(); work != null; work = replica.take()) {
            try {
                applier.apply(work);
            } catch (java.io.IOException e) {
                replica.restoringFailed(e.getMessage());
            }
        }
        read();
        walk();
    }

    private void walk() {
        TableWalk walk = walkWanted;
        walkWanted = null;
        if (walk != null) {
            walks++;
            content.forEach((key, value) -> walk.see(bytes(key), bytes(value), Entry.NOTHING));
            replica.comparison().walked(walk);
        }
    }

    private void read() {
        while (source != null) {
            Map.Entry<String, String> next = at == null ? source.firstEntry() : source.higherEntry(at);
            if (next == null) {
                source = null;
                replica.snapshotRead(wanted);
                return;
            }
            TableReplica.Room room = replica.snapshotPut(wanted, bytes(next.getKey()), bytes(next.getValue()), Entry.NOTHING);
            if (room == TableReplica.Room.FULL) {
                return;
            }
            at = next.getKey();
            if (room == TableReplica.Room.VOID) {
                source = null;
            }
        }
    }

    void handlerGoes() {
        handler = false;
        source = null;
        replica.handlerGone();
    }

    void handlerComes(TableSpec spec) {
        handler = true;
        replica.handlerHere(spec);
    }

    @Override
    public void open(int schema, byte[] layout) throws java.io.IOException {
        called();
        openedWith.add(schema);
    }

    @Override
    public void put(byte[] key, byte[] value, byte[] soft) throws java.io.IOException {
        called();
        if (refused.contains(text(key))) {
            return;
        }
        content.put(text(key), text(value));
        restored.add(text(key) + "=" + text(value));
    }

    @Override
    public void remove(byte[] key) throws java.io.IOException {
        called();
        content.remove(text(key));
        restored.add(text(key) + " removed");
    }

    @Override
    public int compare(byte[] key, byte[] mine, byte[] theirs) {
        return Integer.compare(STATES.indexOf(text(mine)), STATES.indexOf(text(theirs)));
    }

    @Override
    public void visit(EntryVisitor visitor) throws java.io.IOException {
        called();
        for (Map.Entry<String, String> entry : content.entrySet()) {
            visitor.visit(bytes(entry.getKey()), bytes(entry.getValue()), Entry.NOTHING);
        }
    }

    private void called() throws java.io.IOException {
        if (failing) {
            throw new java.io.IOException("disk full");
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
        answers.add(who + " " + how);
    }

    @Override
    public void snapshotWanted(long id) {
        snapshotsWanted++;
        wanted = id;
        source = content;
        at = null;
    }

    @Override
    public void walkWanted(TableWalk walk) {
        walkWanted = walk;
    }

    @Override
    public void snapshotRoom() {
        // Reading is tried at every step.
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
