/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.engine;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import twinwall.group.Role;
import twinwall.protocol.Comparison;
import twinwall.protocol.HandoverEnd;
import twinwall.protocol.Hellos;
import twinwall.protocol.KeptSpace;
import twinwall.protocol.KeyHash;
import twinwall.protocol.Member;
import twinwall.protocol.MemberEvents;
import twinwall.protocol.MemberSettings;
import twinwall.protocol.Shortfall;
import twinwall.protocol.SplitBrain;
import twinwall.protocol.TableReplica;
import twinwall.protocol.TableState;
import twinwall.protocol.Work;
import twinwall.spi.BackupTiming;

/** One firewall of a pair without OSGi: a member with its clock and its tables. */
final class TestFirewall implements MemberEvents, AutoCloseable {

    /** Longer than any test: a busy machine may let a handler wait for a while. */
    static final long PATIENT_MILLIS = 60_000;

    final Threads threads = new Threads();
    final Member member;
    /** How long a handler may take. */
    volatile long handlerDeadlineMillis = PATIENT_MILLIS;
    /** For entries of tables without a handler. */
    KeptSpace keptSpace = new KeptSpace(1 << 20);
    private final Map<String, BackedUpTable> tables = new ConcurrentHashMap<>();
    private final String name;
    private final String peer;
    private long logs;

    TestFirewall(String name, String peer) {
        this.name = name;
        this.peer = peer;
        member = new Member(new MemberSettings(name, peer, name.hashCode(), 45_000, 50, 20, 10, false, 10_000), this, Threads.now());
        threads.every(5, () -> {
            member.tick(Threads.now());
            tables.values().forEach(table -> {
                table.checkDeadline(Threads.now(), handlerDeadlineMillis);
                table.tick(Threads.now());
            });
        });
    }

    BackedUpTable handle(String type, FakeHandler handler) {
        return handle(type, handler, 0);
    }

    BackedUpTable handle(String type, FakeHandler handler, int ranking) {
        return handle(type, handler, ranking, List.of());
    }

    /** {@code needs}: the tables that it needs. */
    BackedUpTable handle(String type, FakeHandler handler, int ranking, List<String> needs) {
        BackedUpTable table = table(type);
        table.add(new FakeReference<>(ranking), new HandlerInfo(handler, type, 1, false, false, "test." + type, "1." + ranking,
                Instant.EPOCH, needs));
        return table;
    }

    BackedUpTable table(String type) {
        return tables.computeIfAbsent(type, of -> new BackedUpTable(of, member, (spec, events) -> new TableReplica(spec,
                new KeyHash(1, 2), name.compareTo(peer) < 0 ? 0 : 1, name.hashCode() + ++logs, 1L << 40, 1 << 20, events), threads,
                () -> BackupTiming.DEFAULT, keptSpace));
    }

    @Override
    public void unknownTable(String type, Work.Open layout, boolean confidential) {
        table(type).offered(layout, confidential);
    }

    TableState state(String type) {
        TableReplica replica = tables.get(type) == null ? null : tables.get(type).replica();
        return replica == null ? null : replica.state();
    }

    Comparison comparison(String type) {
        return tables.get(type).replica().comparison();
    }

    Collection<BackedUpTable> tables() {
        return tables.values();
    }

    boolean inSync(String type) {
        return state(type) != null && StatusView.inSync(state(type));
    }

    @Override
    public void roleChanged(Role from, Role to, String reason, int peerPriority) {
        threads.run(() -> member.roleKnown(Threads.now()));
    }

    @Override
    public void lost(String cause, Map<String, Shortfall> shortfalls) {
        // Not of interest here.
    }

    @Override
    public void handoverEnded(HandoverEnd end) {
        // Not of interest here.
    }

    @Override
    public void splitBrain(SplitBrain report) {
        // Not of interest here.
    }

    @Override
    public void hellosDiffer(Hellos here, Hellos there, Hellos agreed) {
        // Not of interest here.
    }

    @Override
    public void peerSwitchedQuickBackup(boolean on) {
        // Not of interest here.
    }

    @Override
    public void close() {
        tables.values().forEach(BackedUpTable::end);
        threads.close();
    }
}
