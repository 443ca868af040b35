/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded;

import java.lang.reflect.RecordComponent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

import twinwall.firewall.EntryRefusedException;
import twinwall.firewall.FirewallTable;
import twinwall.firewall.NatBinding;
import twinwall.firewall.SessionFacts;
import twinwall.firewall.TableWatcher;
import twinwall.group.Share;
import twinwall.handler.SessionTiming;
import twinwall.record.Key;
import twinwall.spi.BackupTiming;

/**
 * Two firewalls that share the work, and the changes on their way between them: of each table in order, of different tables in any. Of two
 * changes of one entry, each made without knowledge of the other, both firewalls take the same one, as replication does.
 */
final class FirewallPair {

    private static final Share[] HALVES = {Share.FIRST_HALF, Share.SECOND_HALF};

    final TestFirewall[] sides = new TestFirewall[2];
    final boolean[] alive = {true, true};
    private final String[] settings;
    private final boolean quick;
    private final List<Map<String, Deque<Change>>> underWay = List.of(new TreeMap<>(), new TreeMap<>());
    private final List<Map<List<Object>, Change>> latest = List.of(new HashMap<>(), new HashMap<>());
    private long stamps;
    int refused;

    /** A change of an entry; {@code heard} is the change of the peer that its maker had applied last to that entry. */
    private record Change(String type, List<Object> key, Record entry, boolean removed, int from, long stamp, long heard) {
    }

    /** {@code quick}: sessions are copied from their first packet on. */
    FirewallPair(boolean quick, String... settings) {
        this.quick = quick;
        this.settings = settings;
        for (int side = 0; side < 2; side++) {
            begin(side, HALVES[side]);
        }
    }

    private void begin(int side, Share share) {
        TestFirewall firewall = new TestFirewall(settings);
        firewall.now = sides[1 - side] == null ? firewall.now : sides[1 - side].now;
        sides[side] = firewall;
        firewall.firewall.tables().forEach((type, table) -> watch(side, type, table));
        firewall.firewall.setForwarding(true, share);
        firewall.pass(0);
    }

    private <E extends Record> void watch(int side, String type, FirewallTable<E> table) {
        table.watch(new TableWatcher<E>() {
            @Override
            public void changed(E entry) {
                if (due(entry)) {
                    note(side, type, entry, false);
                }
            }

            @Override
            public void removed(E last) {
                if (latest.get(side).containsKey(key(type, last)) || due(last)) {
                    note(side, type, last, true);
                }
            }
        });
    }

    private void note(int side, String type, Record entry, boolean removed) {
        List<Object> key = key(type, entry);
        Change before = latest.get(side).get(key);
        long heard = before == null ? 0 : before.from == side ? before.heard : before.stamp;
        Change change = new Change(type, key, entry, removed, side, ++stamps, heard);
        latest.get(side).put(key, change);
        if (alive[1 - side]) {
            underWay.get(side).computeIfAbsent(type, any -> new ArrayDeque<>()).add(change);
        }
    }

    private boolean due(Record entry) {
        BackupTiming timing = quick ? BackupTiming.QUICK : BackupTiming.DEFAULT;
        if (entry instanceof NatBinding binding && (binding.protocol() == 1 || binding.protocol() == 58)) {
            return quick || binding.early();
        }
        return !(entry instanceof SessionFacts session) || session.early()
                || SessionTiming.due(session.protocol(), session.state(), session.local(), timing);
    }

    private static List<Object> key(String type, Record entry) {
        List<Object> key = new ArrayList<>(List.of(type));
        for (RecordComponent component : entry.getClass().getRecordComponents()) {
            if (component.isAnnotationPresent(Key.class)) {
                try {
                    component.getAccessor().setAccessible(true);
                    key.add(component.getAccessor().invoke(entry));
                } catch (ReflectiveOperationException e) {
                    throw new AssertionError(e);
                }
            }
        }
        return key;
    }

    /** Delivers some of what is under way, in one direction. */
    void deliver(Random random, int most) {
        int from = random.nextInt(2);
        for (int i = 0; i < most; i++) {
            List<Deque<Change>> waiting = underWay.get(from).values().stream().filter(changes -> !changes.isEmpty()).toList();
            if (!waiting.isEmpty()) {
                apply(1 - from, waiting.get(random.nextInt(waiting.size())).poll());
            }
        }
    }

    /** Delivers everything, until nothing is under way. */
    void settle() {
        for (boolean some = true; some;) {
            some = false;
            for (int from = 0; from < 2; from++) {
                for (Deque<Change> changes : List.copyOf(underWay.get(from).values())) {
                    for (Change change = changes.poll(); change != null; change = changes.poll()) {
                        some = true;
                        apply(1 - from, change);
                    }
                }
            }
        }
    }

    /** What differs is announced again as that firewall has it, as the comparison of contents does once nothing is under way. */
    void repair(int right) {
        sides[right].firewall.tables().keySet().forEach(type -> {
            Map<List<Object>, Record> here = due(right, type);
            Map<List<Object>, Record> there = due(1 - right, type);
            there.keySet().stream().filter(key -> !here.containsKey(key)).forEach(key -> note(right, type, there.get(key), true));
            here.keySet().stream().filter(key -> !there.containsKey(key)).forEach(key -> note(right, type, here.get(key), false));
        });
        settle();
    }

    private Map<List<Object>, Record> due(int side, String type) {
        Map<List<Object>, Record> all = new HashMap<>();
        entries(side, type).stream().filter(this::due).forEach(entry -> all.put(key(type, entry), entry));
        return all;
    }

    @SuppressWarnings("unchecked")
    private void apply(int side, Change change) {
        Change mine = latest.get(side).get(change.key);
        boolean unknownThere = mine != null && mine.from == side && mine.stamp > change.heard;
        if (unknownThere && wins(mine, change)) {
            return;
        }
        latest.get(side).put(change.key, change);
        FirewallTable<Record> table = (FirewallTable<Record>) sides[side].firewall.tables().get(change.type);
        if (change.removed) {
            table.forget(change.entry);
        } else {
            try {
                table.restore(change.entry);
            } catch (EntryRefusedException e) {
// The same two ends the other way round: the packets of both firewalls began a session each.
                refused++;
            }
        }
    }

    private static boolean wins(Change mine, Change theirs) {
        int further = mine.removed || theirs.removed ? 0 : further(mine.entry, theirs.entry);
        return further != 0 ? further > 0 : mine.stamp > theirs.stamp;
    }

    /** As the handlers of sessions and mappings decide. */
    private static int further(Record mine, Record theirs) {
        return mine instanceof SessionFacts one && theirs instanceof SessionFacts other ? SessionTiming.compare(one, other) : 0;
    }

    void pass(double seconds) {
        for (int side = 0; side < 2; side++) {
            if (alive[side]) {
                sides[side].pass(seconds);
            }
        }
    }

    /** From now on it forwards alone, or stands by. What is under way stays so. */
    void forwards(int side, boolean forwards) {
        sides[side].firewall.setForwarding(forwards, forwards ? Share.ALL : Share.NONE);
    }

    /** One of them is gone with all that it had, and what was under way from it with it; the other one goes on alone. */
    void kill(int side) {
        alive[side] = false;
        underWay.forEach(Map::clear);
        sides[1 - side].firewall.setForwarding(true, Share.ALL);
        sides[1 - side].pass(0);
    }

    /** It comes back empty: the survivor is told its half first, then the tables are copied, then the other one gets its half. */
    void comeBack(int side) {
        int survivor = 1 - side;
        latest.get(side).clear();
        begin(side, Share.NONE);
        alive[side] = true;
        sides[survivor].firewall.setForwarding(true, HALVES[survivor]);
        sides[survivor].firewall.tables().forEach((type, table) -> TestFirewall.entries(table).forEach(entry -> {
            if (due(entry)) {
                note(survivor, type, entry, false);
            }
        }));
        settle();
        sides[side].firewall.setForwarding(true, HALVES[side]);
        pass(0);
    }

    <E extends Record> List<E> entries(int side, String type) {
        return TestFirewall.entries(table(side, type));
    }

    @SuppressWarnings("unchecked")
    <E extends Record> FirewallTable<E> table(int side, String type) {
        return (FirewallTable<E>) sides[side].firewall.tables().get(type);
    }
}
