/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.protocol.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;

import twinwall.protocol.Probe;
import twinwall.protocol.TableState;

/**
 * No entry is restored on the peer before the entries that it needs: those are there in the state that they had when it was made, or in
 * a later one.
 * <p>
 * Judged while one firewall alone changes its tables, and the needed table is backed up: both sides have a handler that works, the peer has
 * that table if it has the other, nobody has waited for it in vain, and the entry does not come from what was kept for a handler.
 */
final class CausalityOracle {

    private final World world;
    /** For nothing but what needs what. */
    private final Random random;
    private final boolean downwards;
    private final Map<String, List<Made>> made = new HashMap<>();
    private final Map<String, List<Need>> needs = new HashMap<>();
    private final Map<String, Long> brokenAt = new HashMap<>();
    private final Map<SimTable, Long> givenUp = new HashMap<>();
    private SimFirewall writer;
    private long writesSince;
    private long count;
    private int checked;

    /** The state that an entry got; {@code value} is null when it was removed. */
    private record Made(long at, String value) {
    }

    /** An entry of another table that was there in this state. */
    private record Need(String type, String key, String value, long at, SimFirewall maker) {
    }

    CausalityOracle(World world) {
        this.world = world;
        this.random = new Random(world.seed * 0x94D049BB133111EBL ^ world.seed >>> 5);
        this.downwards = random.nextBoolean();
    }

    /** The types that a table needs: all before it, or all after it, the urgent one among them or not. */
    List<String> neededBy(int number, int tables) {
        List<String> types = new ArrayList<>();
        for (int other = 0; other < tables; other++) {
            if (downwards ? other < number : other > number) {
                types.add("table-" + other);
            }
        }
        return types;
    }

    /** This firewall alone changes tables from now on, or nobody is known to when it is null. */
    void onlyWriter(SimFirewall firewall) {
        if (writer != firewall) {
            writer = firewall;
            writesSince = count;
        }
    }

    void changed(SimFirewall firewall, SimTable table, String key, String value) {
        count++;
        made.computeIfAbsent(table.type + " " + key, of -> new ArrayList<>()).add(new Made(count, value));
        if (value == null || firewall != writer) {
            return;
        }
        List<Need> needed = new ArrayList<>();
        for (String type : table.needs) {
            List<String> keys = firewall.table(type).content.keySet().stream().sorted().toList();
            if (!keys.isEmpty()) {
                String one = keys.get(random.nextInt(keys.size()));
                needed.add(new Need(type, one, firewall.table(type).content.get(one), count, firewall));
            }
        }
        needs.put(table.type + " " + value, needed);
    }

    void restored(SimFirewall on, SimTable table, String value) {
        look();
        if (table.keeper.delivering()) {
            // What was kept knows of no other table.
            return;
        }
        for (Need need : needs.getOrDefault(table.type + " " + value, List.of())) {
            if (on != writer && need.maker == writer && need.at > judgedSince(table, need.type)) {
                checked++;
                check(on, table, value, need);
            }
        }
    }

    private long judgedSince(SimTable table, String type) {
        return Math.max(writesSince, brokenAt.getOrDefault(pair(table, type), -1L));
    }

    private void check(SimFirewall on, SimTable table, String value, Need need) {
        String there = on.table(need.type).content.get(need.key);
        boolean right = Objects.equals(there, need.value) || made.getOrDefault(need.type + " " + need.key, List.of()).stream()
                .anyMatch(later -> later.at > need.at && Objects.equals(there, later.value));
        if (!right) {
            throw new AssertionError(on + " has restored " + table.type + " " + SimTable.shown(value) + ", which needs " + need.type + " "
                    + need.key + "=" + SimTable.shown(need.value) + ", and has " + SimTable.shown(there) + " for that");
        }
    }

    /** Notes which tables cannot be waited for just now. */
    void look() {
        if (writer == null) {
            return;
        }
        SimFirewall peer = world.other(writer);
        for (SimTable table : writer.tables) {
            for (String type : table.needs) {
                if (broken(table, type, peer)) {
                    brokenAt.put(pair(table, type), count);
                }
            }
        }
    }

    private boolean broken(SimTable table, String type, SimFirewall peer) {
        SimTable needed = writer.table(type);
        SimTable there = peer.table(type);
        TableState state = there.replica.state();
        boolean works = needed.handlerHere && there.handlerHere && !there.keeper.delivering() && state.restoreFailure().isEmpty()
                && !state.notOffered();
        boolean lags = table.replica.state().delivered() && !needed.replica.state().delivered();
        return !works || lags || impatient(table) || impatient(peer.table(table.type));
    }

    private boolean impatient(SimTable table) {
        long times = Probe.givenUp(table.replica);
        Long before = givenUp.put(table, times);
        return times != (before == null ? 0 : before) || times >= 1L << 32;
    }

    private static String pair(SimTable table, String type) {
        return table.type + " " + type;
    }

    /** So many needed entries were looked for when an entry was restored. */
    int checked() {
        return checked;
    }
}
