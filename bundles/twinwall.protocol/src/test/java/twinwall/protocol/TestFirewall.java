/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.protocol;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import twinwall.group.Role;

/** One process of a firewall in a {@link TestGroup}: when it dies, all of this is gone. */
final class TestFirewall implements MemberEvents {

    final List<String> messages = new ArrayList<>();
    final String name;
    final int me;
    final Member member;
    final Map<String, TestTable> tables = new LinkedHashMap<>();
    /** Reports on split brains. */
    final List<SplitBrain> splits = new ArrayList<>();
    /** Every role with its reason. */
    final List<String> roles = new ArrayList<>();
    /** Verdicts on switchovers. */
    final List<String> verdicts = new ArrayList<>();
    /** How handovers ended that nobody had asked for. */
    final List<String> handovers = new ArrayList<>();
    /** What was told as lost, per takeover. */
    final List<Map<String, Shortfall>> losses = new ArrayList<>();
    /** What was agreed each time that the peer's hellos were found to differ. */
    final List<Hellos> differing = new ArrayList<>();
    /** Table in which an entry changes each millisecond while the firewall knows that it processes services, or null. */
    String busy;
    /** The role that the firewall knows. */
    Role known = Role.INITIALIZING;
    /** The firewall is slow to stop forwarding. */
    boolean deafToRoles;
    boolean dead;
    /** The process stands still. */
    boolean stopped;
    /** What it will notice when it goes on. */
    final Deque<Runnable> unnoticed = new ArrayDeque<>();
    private final TestGroup group;
    private final Deque<Role> untold = new ArrayDeque<>();
    private final long clock;

    TestFirewall(TestGroup group, int me, MemberSettings settings, long clock) {
        this.group = group;
        this.me = me;
        this.name = settings.firewall();
        this.clock = clock;
        this.member = new Member(settings, this, group.now);
    }

    TestTable add(TableSpec spec) {
        TestTable table = new TestTable(spec, me, group.unique(), clock, group.plan.backlogBytes());
        table.replica.time(group.now);
        tables.put(spec.type(), table);
        member.add(table.replica);
        return table;
    }

    TestTable table(String type) {
        TestTable table = tables.get(type);
        if (table == null) {
            throw new IllegalArgumentException(name + " has no table " + type);
        }
        return table;
    }

    TableState state(String type) {
        return table(type).replica.state();
    }

    /** Whether a packet that comes now is forwarded. */
    boolean forwards() {
        return !dead && !stopped && known.forwards() && member.leaseValid(group.now);
    }

    /** It goes on, and notices what has happened to its connections. */
    void goOn() {
        stopped = false;
        while (!unnoticed.isEmpty()) {
            unnoticed.poll().run();
        }
    }

    void work() {
        while (!deafToRoles && !untold.isEmpty()) {
            known = untold.poll();
            member.roleKnown(group.now);
        }
        tables.values().forEach(TestTable::work);
    }

    /** What the firewall itself changes. */
    void traffic() {
        if (busy != null && known.forwards()) {
            table(busy).set(name + "-" + group.now % 100, "v" + group.now);
        }
    }

    @Override
    public void roleChanged(Role from, Role to, String reason, int peerPriority) {
        roles.add(to.label() + ": " + reason);
        untold.add(to);
    }

    @Override
    public void lost(String cause, Map<String, Shortfall> shortfalls) {
        losses.add(shortfalls);
    }

    @Override
    public void handoverEnded(HandoverEnd end) {
        (end.commanded() ? verdicts : handovers).add((end.done() ? "done: " : "not done: ") + end.message());
    }

    @Override
    public void splitBrain(SplitBrain report) {
        splits.add(report);
    }

    @Override
    public void hellosDiffer(Hellos here, Hellos there, Hellos agreed) {
        differing.add(agreed);
    }

    @Override
    public void message(String topic, byte[] message) {
        messages.add(topic + " " + (message.length == 4 ? ByteBuffer.wrap(message).getInt() : message.length + " bytes"));
    }

    @Override
    public void peerSwitchedQuickBackup(boolean on) {
        // Only an engine keeps it for the next start.
    }
}
