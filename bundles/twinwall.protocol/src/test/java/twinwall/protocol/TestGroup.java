/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;

import twinwall.group.Role;

/** Two firewalls and the links between them, with time as a number that goes in steps of a millisecond. */
final class TestGroup {

    static final long HELLO_MILLIS = 100;
    static final long DETECTION_MILLIS = 300;
    static final long GATHER_MILLIS = 20;
    private static final long STARTED_SECONDS = 1_790_000_000;

    /**
     * What a group is made of.
     *
     * @param links between the two
     * @param confidential whether they have TLS
     * @param backlogBytes bound on what waits for the peer, per table
     * @param quick quick backup
     * @param roles how the two share the work
     * @param priorityB of fw-b; that of fw-a is 45000
     * @param hellosOfB settings of fw-b; those of fw-a are the usual ones
     */
    record Plan(int links, boolean confidential, long backlogBytes, boolean quick, List<TableSpec> tables, RoleSettings roles,
            int priorityB, Hellos hellosOfB) {

        Plan hellosOfB(long intervalMillis, int misses) {
            return new Plan(links, confidential, backlogBytes, quick, tables, roles, priorityB, new Hellos(intervalMillis, misses));
        }

        Plan withTables(TableSpec... specs) {
            return new Plan(links, confidential, backlogBytes, quick, List.of(specs), roles, priorityB, hellosOfB);
        }

        Plan links(int count) {
            return new Plan(count, confidential, backlogBytes, quick, tables, roles, priorityB, hellosOfB);
        }

        Plan plain() {
            return new Plan(links, false, backlogBytes, quick, tables, roles, priorityB, hellosOfB);
        }

        Plan backlog(long bytes) {
            return new Plan(links, confidential, bytes, quick, tables, roles, priorityB, hellosOfB);
        }

        Plan quickBackup() {
            return new Plan(links, confidential, backlogBytes, true, tables, roles, priorityB, hellosOfB);
        }

        Plan roles(RoleSettings others) {
            return new Plan(links, confidential, backlogBytes, quick, tables, others, priorityB, hellosOfB);
        }

        Plan priorityOfB(int other) {
            return new Plan(links, confidential, backlogBytes, quick, tables, roles, other, hellosOfB);
        }
    }

    /** One link with TLS, a table whose changes are gathered and one whose changes are urgent. */
    static final Plan USUAL = new Plan(1, true, 16 << 20, false, List.of(spec("sessions"), urgent("blacklist")),
            RoleSettings.DEFAULT, 45_000, new Hellos(HELLO_MILLIS, 3));

    final Plan plan;
    long now = 10_000;
    TestFirewall a;
    TestFirewall b;
    final List<TestLink> links = new ArrayList<>();
    /** Protocol errors: two correct firewalls never make one. */
    final List<String> faults = new ArrayList<>();
    /** Sees every frame that is sent. */
    BiConsumer<TestEnd, byte[]> tap = (end, frame) -> { };
    private long unique;
    private boolean linksRun = true;
    private long compareEveryMillis;

    TestGroup(Plan plan) {
        this.plan = plan;
        a = start(0);
        b = start(1);
        for (int i = 0; i < plan.links(); i++) {
            links.add(new TestLink(this, i));
        }
    }

    /** A group whose tables are in sync and which both know it, fw-a active. */
    static TestGroup inSync(Plan plan) {
        TestGroup group = new TestGroup(plan);
        group.untilQuiet();
        group.run(HELLO_MILLIS);
        assertThat(group.a.member.role()).isEqualTo(Role.ACTIVE);
        assertThat(group.b.member.role()).isEqualTo(Role.STANDBY);
        return group;
    }

    static TableSpec spec(String type) {
        return new TableSpec(type, 1, new byte[] {1}, false, false, origin(type));
    }

    static TableSpec urgent(String type) {
        return new TableSpec(type, 1, new byte[] {1}, false, true, origin(type));
    }

    private static HandlerOrigin origin(String type) {
        return new HandlerOrigin("test." + type, "1.0.0", STARTED_SECONDS * 1000);
    }

    long unique() {
        return ++unique;
    }

    private TestFirewall start(int me) {
        Hellos hellos = me == 0 ? new Hellos(HELLO_MILLIS, 3) : plan.hellosOfB();
        MemberSettings settings = new MemberSettings(me == 0 ? "fw-a" : "fw-b", me == 0 ? "fw-b" : "fw-a", unique(),
                me == 0 ? 45_000 : plan.priorityB(), hellos.intervalMillis(), hellos.misses(), GATHER_MILLIS, plan.quick(),
                DETECTION_MILLIS, plan.roles());
        TestFirewall firewall = new TestFirewall(this, me, settings, STARTED_SECONDS + now / 1000 << 20);
        plan.tables().forEach(firewall::add);
        firewall.tables.values().forEach(table -> table.replica.comparison().every(compareEveryMillis));
        return firewall;
    }

    /** Both compare each table so often. */
    void compareEvery(long millis) {
        compareEveryMillis = millis;
        for (TestFirewall firewall : List.of(a, b)) {
            firewall.tables.values().forEach(table -> table.replica.comparison().every(millis));
        }
    }

    TestFirewall firewall(String name) {
        return name.equals("fw-a") ? a : b;
    }

    /** The process dies without a word. */
    void kill(TestFirewall firewall) {
        firewall.dead = true;
        links.forEach(TestLink::cut);
    }

    /** A new process begins with nothing. */
    TestFirewall restart(TestFirewall before) {
        kill(before);
        if (before == a) {
            a = start(0);
            return a;
        }
        b = start(1);
        return b;
    }

    void run(long millis) {
        for (long end = now + millis; now < end;) {
            step();
        }
    }

    void until(String what, BooleanSupplier condition) {
        for (long end = now + 60_000; !condition.getAsBoolean();) {
            assertThat(now).as("time at which at last: " + what).isLessThan(end);
            step();
        }
    }

    /** Everything is delivered both ways. */
    void untilQuiet() {
        until("quiet", this::quiet);
    }

    private boolean quiet() {
        return a.member.allDelivered() && b.member.allDelivered() && a.member.lag() == 0 && b.member.lag() == 0 && a.member.ready()
                && b.member.ready();
    }

    /** The links stand still while a test takes frames itself. */
    void linksByHand() {
        linksRun = false;
    }

    void step() {
        now++;
        for (TestFirewall firewall : List.of(a, b)) {
            if (!firewall.dead && !firewall.stopped) {
                if (now % (HELLO_MILLIS / 10) == 0) {
                    firewall.member.tick(now);
                }
                firewall.tables.values().forEach(table -> table.replica.time(now));
                firewall.traffic();
                firewall.work();
            }
        }
        if (linksRun) {
            links.forEach(TestLink::step);
        }
    }

    void assertEqualTables() {
        for (String type : a.tables.keySet()) {
            assertThat(a.table(type).content).as(type).isEqualTo(b.table(type).content);
        }
        assertThat(faults).isEmpty();
    }
}
