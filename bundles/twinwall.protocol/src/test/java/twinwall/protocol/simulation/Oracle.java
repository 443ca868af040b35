/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.protocol.simulation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import twinwall.group.Role;
import twinwall.protocol.ComparisonState;
import twinwall.protocol.Probe;
import twinwall.protocol.TableState;

/** What must hold: checked along the way and at the end. */
final class Oracle {

    private final World world;
    private final RoleOracle roles;
    /** The only firewall that has changed anything since {@link #truth} was taken, or null. */
    private SimFirewall writer;
    private long checkOfA;
    private long checkOfB;
    private final Map<String, Map<String, String>> truth = new HashMap<>();
    private final Map<String, String> kept = new HashMap<>();

    Oracle(World world) {
        this.world = world;
        this.roles = new RoleOracle(world);
    }

    void check() {
        if (writer == null) {
            takeTruth();
        } else {
            checkTruth();
        }
    }

    /** When both are the same and nothing is under way, what the one writer does from then on is all that may happen to its tables. */
    private void takeTruth() {
        if (world.plan.both() || !world.roles(Role.ACTIVE, Role.STANDBY) || !unrest().isEmpty()) {
            return;
        }
        SimFirewall active = world.a.member.role() == Role.ACTIVE ? world.a : world.b;
        SimFirewall other = active == world.a ? world.b : world.a;
        if (active.known != Role.ACTIVE || other.known != Role.STANDBY) {
            return;
        }
        if (world.corruption.on() && active.tables.stream().anyMatch(table -> !table.content.equals(other.table(table.type).content))) {
            return;
        }
        checkEqual();
        writer(active);
        for (SimTable table : active.tables) {
            truth.put(table.type, new HashMap<>(table.content));
        }
    }

    private void writer(SimFirewall only) {
        writer = only;
        world.causality.onlyWriter(only);
    }

    private void checkTruth() {
        for (SimTable table : writer.tables) {
            if (!table.content.equals(truth.get(table.type))) {
                throw new AssertionError("the peer changed " + table.type + " of the only writer " + writer + ": "
                        + difference(truth.get(table.type), table.content));
            }
        }
    }

    /** What is in the active's table is right, however it came there; what is wrong at the other must not matter to the active. */
    void corrupted(SimFirewall firewall, SimTable table, String key, String value) {
        if (writer == firewall) {
            changed(firewall, table, key, value);
        }
    }

    /** Both have been asked to compare at last. */
    void lastCheck(long ofA, long ofB) {
        checkOfA = ofA;
        checkOfB = ofB;
    }

    private String uncompared(SimFirewall firewall, SimTable table) {
        ComparisonState state = table.replica.comparison().state();
        boolean settled = state.drift() == 0 && state.settled() >= (firewall == world.a ? checkOfA : checkOfB);
        return !world.corruption.on() || settled ? "" : firewall + " " + table.type + " is not compared: " + state + "; ";
    }

    void changed(SimFirewall firewall, SimTable table, String key, String value) {
        kept.remove(table.type + " " + key);
        if (writer == firewall) {
            if (value == null) {
                truth.get(table.type).remove(key);
            } else {
                truth.get(table.type).put(key, value);
            }
        } else {
            writer(null);
        }
    }

    /** What was confirmed to the one that dies is at the other. */
    void dies(SimFirewall dies) {
        SimFirewall survivor = dies == world.a ? world.b : world.a;
        if (writer == dies && !world.corruption.on()) {
            for (int i = 0; i < dies.tables.size(); i++) {
                SimTable had = dies.tables.get(i);
                SimTable has = survivor.tables.get(i);
                TableState state = had.replica.state();
                if (state.delivered() && had.handlerHere && has.replica.state().complete()
                        && (has.handlerHere || has.keeper.keeps())) {
                    Map<String, String> there = has.handlerHere ? has.content : has.keeper.content();
                    had.content.forEach((key, value) -> {
                        if (Probe.confirmed(had.replica, SimTable.bytes(key)) && !value.equals(there.get(key))) {
                            throw new AssertionError(had.type + ": " + key + " was confirmed to " + dies + " but " + survivor + " has "
                                    + SimTable.shown(there.get(key)) + " for " + SimTable.shown(value));
                        }
                    });
                }
            }
        }
        rememberKept(dies, survivor);
        if (writer == dies) {
            writer(null);
        }
    }

    /** What the survivor keeps for the dead one is to be on both in the end, unless somebody changes it. */
    private void rememberKept(SimFirewall dies, SimFirewall survivor) {
        // What was kept for the survivor is gone with the dead one.
        kept.clear();
        for (int i = 0; i < dies.tables.size(); i++) {
            SimTable had = dies.tables.get(i);
            SimTable has = survivor.tables.get(i);
            if (writer == dies && !world.corruption.on() && has.keeper.keeps() && has.replica.state().complete() && had.handlerHere
                    && had.replica.state().delivered()) {
                had.content.forEach((key, value) -> {
                    if (Probe.confirmed(had.replica, SimTable.bytes(key)) && !has.content.containsKey(key)) {
                        kept.put(had.type + " " + key, value);
                    }
                });
            }
        }
    }

    /** There was no room for it, and the peer has it. */
    void droppedOnPurpose(SimTable table) {
        kept.keySet().removeIf(name -> name.startsWith(table.type + " "));
    }

    private void checkKept(SimFirewall firewall) {
        kept.forEach((name, value) -> {
            String[] at = name.split(" ");
            String there = firewall.table(at[0]).content.get(at[1]);
            if (!value.equals(there)) {
                throw new AssertionError(name + " was kept when the only writer died, and " + firewall + " has " + SimTable.shown(there)
                        + " for " + SimTable.shown(value));
            }
        });
    }

    /** So many entries were kept for a dead firewall and are on both. */
    int keptInTheEnd() {
        return kept.size();
    }

    void disturbed() {
        roles.disturbed();
    }

    void roleChanged(SimFirewall firewall, String reason) {
        if (writer != null && (writer.member.role() != Role.ACTIVE || firewall != writer) && unsettledHandlers()) {
            // What nobody watched there counts against one who does not forward, and when it forwarded there.
            writer(null);
        }
        roles.changed(firewall, reason);
    }

    /**
     * The table of the only writer is not watched for a while: what is not settled by then may count against it. A removal that was not
     * told, of an entry that it got from its peer, is undone; that is rare, but not where handlers come and go all the time.
     */
    void handlerGoes(SimFirewall firewall, SimTable table) {
        droppedOnPurpose(table);
        boolean unwatchedChanges = firewall == writer ? world.handlers.keptBytes() > 0 || unsettledHandlers()
                : firewall.member.role().forwards();
        if (unwatchedChanges) {
            writer(null);
        }
    }

    /** Whether a handler is away, or has come and not yet exchanged its table with the peer's. */
    private boolean unsettledHandlers() {
        for (SimFirewall firewall : List.of(world.a, world.b)) {
            for (SimTable table : firewall.tables) {
                TableState state = table.replica.state();
                if (!table.handlerHere || !state.delivered() || !state.complete() || state.snapshotUnderWay()) {
                    return true;
                }
            }
        }
        return false;
    }

    void watchShares() {
        roles.watchShares();
    }

    void watchRoles() {
        roles.watch();
    }

    /** When it has become quiet. */
    void checkCalm() {
        roles.checkCalm();
    }

    void bounds(SimTable table) {
        if (Probe.backlogBytes(table.replica) > world.plan.backlogBytes()) {
            throw new AssertionError(table.type + " holds " + Probe.backlogBytes(table.replica) + " bytes");
        }
    }

    /** Why it is not quiet; empty when it is. */
    String unrest() {
        StringBuilder why = new StringBuilder();
        why.append(roles.unrest());
        for (SimFirewall firewall : List.of(world.a, world.b)) {
            for (SimTable table : firewall.tables) {
                TableState state = table.replica.state();
                bounds(table);
                why.append(uncompared(firewall, table));
                if (!table.handlerHere || !World.atRest(state) || !Probe.idle(table.replica) || table.applying) {
                    why.append(firewall).append(' ').append(state).append("; ");
                }
            }
            if (!firewall.member.peerDelivered()) {
                why.append(firewall).append(" is not told that it has all; ");
            }
            if (!firewall.member.ready()) {
                why.append(firewall).append(" not ready ").append(firewall.member.notReady()).append("; ");
            }
        }
        return why.toString();
    }

    void checkEnd() {
        checkEqual();
        checkKept(world.a);
        for (SimFirewall firewall : List.of(world.a, world.b)) {
            for (SimTable table : firewall.tables) {
                long known = table.replica.state().entries();
                int tombstones = Probe.tombstones(table.replica);
                // Of an entry that vanished on both sides nobody tells the engines.
                if (!world.corruption.on() && known != table.content.size() || tombstones != 0) {
                    throw new AssertionError(firewall + " " + table.type + " has " + table.content.size() + " entries, knows of " + known
                            + " and of " + tombstones + " removed ones");
                }
            }
        }
    }

    private void checkEqual() {
        for (int i = 0; i < world.a.tables.size(); i++) {
            Map<String, String> onA = world.a.tables.get(i).content;
            Map<String, String> onB = world.b.tables.get(i).content;
            if (!onA.equals(onB)) {
                throw new AssertionError(world.a.tables.get(i).type + " differs, fw-a and fw-b: " + difference(onA, onB));
            }
        }
    }

    private static String difference(Map<String, String> one, Map<String, String> other) {
        StringBuilder text = new StringBuilder();
        Map<String, String> all = new HashMap<>(one);
        all.putAll(other);
        for (String key : all.keySet()) {
            if (!Objects.equals(one.get(key), other.get(key))) {
                text.append(key).append(": ").append(SimTable.shown(one.get(key))).append(" and ").append(SimTable.shown(other.get(key)))
                        .append("; ");
            }
        }
        return text.toString();
    }
}
