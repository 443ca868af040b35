/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.protocol.simulation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

import twinwall.group.Networking;
import twinwall.group.Role;
import twinwall.protocol.RoleSettings;
import twinwall.protocol.TableState;

/** Two firewalls, their links, the time and everything that happens, all from one seed. */
final class World {

    static final long HELLO_MILLIS = 100;
    static final int HELLO_MISSES = 4;
    static final int LATENCY_MILLIS = 30;
    private static final int TICK_MILLIS = 10;
    private static final int MOST_QUIET_STEPS = 9000;

    final long seed;
    final Random random;
    /** For what concerns roles only. */
    private final Random roleRandom;
    final Handlers handlers;
    final Plan plan;
    final boolean[] quick = new boolean[2];
    final List<Cable> cables = new ArrayList<>();
    final Oracle oracle = new Oracle(this);
    final CausalityOracle causality;
    /** Tables say which others they need. */
    final boolean ordered;
    long now = 1000;
    SimFirewall a;
    SimFirewall b;
    private final StringBuilder traced = new StringBuilder();
    private final boolean tracing = Boolean.getBoolean("twinwall.trace");
    private boolean quieting;
    int depth;
    private long values;
    private int restarts;
    private long workedSince = Long.MAX_VALUE;
    final Corruption corruption;

    /**
     * What kind of run this is.
     *
     * @param both both firewalls change their tables, else only the one that knows it is active
     * @param keys keys in use: few, so that changes meet
     * @param valueBytes most bytes of a value: large ones make snapshots of many frames
     * @param judge how values are compared: 0 not, 1 a state that only grows is further, 2 anything antisymmetric
     * @param roleFaults how often items fail, roles are switched over and time passes without anything else, 0 to 2
     * @param helloMillisOfB the second firewall's setting
     * @param heartbeatOnly which side keeps the last of several links for heartbeats: 0 first, 1 second, 2 both, else none
     * @param faults how likely links break and processes die, 0 to 3
     */
    record Plan(boolean both, int tables, int links, int keys, int valueBytes, int judge, int faults, long backlogBytes, int inFlightBytes,
            long gatherMillis, int priorityA, int priorityB, int steps, RoleSettings roles, int roleFaults, long helloMillisOfB,
            int heartbeatOnly) {

        static Plan of(Random random, Random roles) {
            boolean large = random.nextInt(4) == 0;
            return new Plan(random.nextInt(3) == 0, 1 + random.nextInt(3), 1 + random.nextInt(3), 1 + random.nextInt(24),
                    large ? 9000 : 12, random.nextInt(3), random.nextInt(4), random.nextInt(3) == 0 ? 300 + random.nextInt(3000) : 1 << 20,
                    large ? 40_000 : 200 + random.nextInt(2000), random.nextInt(2) * 80, 45000, 45000 - random.nextInt(2) * 2,
                    50 + random.nextInt(400), new RoleSettings(Networking.values()[roles.nextInt(2)], roles.nextInt(4) > 0,
                            roles.nextInt(3) * 250), roles.nextInt(3),
                    random.nextInt(4) == 0 ? 50 + random.nextInt(200) : HELLO_MILLIS, random.nextInt(9));
        }
    }

    World(long seed) {
        this(seed, false, true);
    }

    /**
     * A life from its seed.
     *
     * @param corrupting tables are compared, and change behind the engines' backs
     * @param ordered tables say which others they need
     */
    World(long seed, boolean corrupting, boolean ordered) {
        this.seed = seed;
        this.ordered = ordered;
        this.causality = new CausalityOracle(this);
        this.corruption = new Corruption(this, corrupting);
        this.random = new Random(seed * 0x9E3779B97F4A7C15L ^ seed >>> 7);
        this.roleRandom = new Random(~seed * 0x9E3779B97F4A7C15L);
        this.handlers = new Handlers(this);
        this.plan = Plan.of(random, roleRandom);
        trace("seed " + seed + " " + plan);
        a = new SimFirewall(this, 0, clock());
        b = new SimFirewall(this, 1, clock());
        for (int i = 0; i < plan.links(); i++) {
            cables.add(new Cable(this, i));
        }
        if (plan.links() > 1 && plan.heartbeatOnly() < 3) {
            Cable last = cables.get(plan.links() - 1);
            last.heartbeatOnly[0] = plan.heartbeatOnly() != 1;
            last.heartbeatOnly[1] = plan.heartbeatOnly() != 0;
        }
    }

    void run() {
        for (int i = 0; i < plan.steps(); i++) {
            step();
            oracle.check();
        }
        quieten();
        oracle.checkEnd();
    }

    /** Inside a handler: other threads go on meanwhile. */
    void between(SimFirewall process) {
        if (depth < 2) {
            depth++;
            try {
                while (!quieting && random.nextInt(3) == 0) {
                    step();
                }
            } finally {
                depth--;
            }
        }
        if (process.dead) {
            throw new Died();
        }
    }

    private void step() {
        try {
            if (plan.roleFaults() > 0 && roleRandom.nextInt(30) < plan.roleFaults()) {
                disturbRoles(roleRandom.nextInt(16));
            }
            corruption.step();
            handlers.step();
            act(random.nextInt(200));
            causality.look();
        } catch (Died e) {
            trace("died while it worked");
        }
    }

    private void act(int what) {
        SimFirewall some = random.nextBoolean() ? a : b;
        SimTable table = some.tables.get(random.nextInt(some.tables.size()));
        if (some.stopped) {
            pass(1 + random.nextInt(40));
            return;
        }
        if (what < 50) {
            if (some.mayChange()) {
                table.change();
            }
        } else if (what < 75) {
            pass(1 + random.nextInt(15));
        } else if (what < 100) {
            anyEnd(end -> end.pull(1 + random.nextInt(4)));
        } else if (what < 130) {
            anyEnd(end -> end.deliver(true));
        } else if (what < 150) {
            table.applyOne();
        } else if (what < 170) {
            table.readOne();
        } else if (what < 178) {
            some.tellRole();
        } else if (what < 184) {
            anyCable().connect();
        } else if (what < 199 && what != 186) {
            rare(what, some, table);
        } else {
            pauseOrJump(some, table);
        }
    }

    private void disturbRoles(int what) {
        SimFirewall some = roleRandom.nextBoolean() ? a : b;
        switch (what) {
            case 0, 1, 2, 3 -> {
                oracle.disturbed();
                int failed = roleRandom.nextInt(3);
                trace(some + " has " + failed + " failed items");
                some.member.failedItems(Collections.nCopies(failed, "item"));
            }
            case 4 -> command(some);
            case 5 -> {
                oracle.disturbed();
                trace(some + " hands over to stop");
                some.member.handOverToStop(some.now());
            }
            case 6 -> passInSteps(roleRandom.nextInt(8) == 0 ? 11_000 : 700);
            default -> passInSteps(100);
        }
    }

    private void command(SimFirewall some) {
        oracle.disturbed();
        trace(some + " is to switch over");
        some.member.switchover(some.now());
    }

    private void passInSteps(int millis) {
        for (int passed = 0; passed < millis; passed += 20) {
            pass(20);
        }
    }

    private void rare(int what, SimFirewall some, SimTable table) {
        boolean fault = random.nextInt(8) < plan.faults();
        switch (what) {
            case 184, 185 -> {
                if (fault) {
                    oracle.disturbed();
                    anyCable().drop(300);
                }
            }
            case 187 -> {
                if (fault) {
                    Cable cable = anyCable();
                    oracle.disturbed();
                    cable.silent = !cable.silent;
                    trace("link " + cable.order + (cable.silent ? " cut" : " whole"));
                }
            }
            case 188 -> {
                oracle.disturbed();
                Cable cable = anyCable();
                cable.silent = false;
                boolean oneWay = random.nextInt(8) < plan.faults() && random.nextInt(3) == 0;
                cable.deaf[random.nextInt(2)] = oneWay;
                trace("link " + cable.order + (oneWay ? " dead one way" : " whole"));
            }
            case 189 -> {
                if (fault && random.nextInt(2) == 0) {
                    restart(some);
                }
            }
            case 190 -> {
                if (fault && table.handlerHere && !table.keeper.delivering()) {
                    oracle.disturbed();
                    table.handlerGoes();
                }
            }
            case 191, 192 -> {
                if (!table.handlerHere && !table.applying && !table.keeper.delivering()) {
                    table.handlerComes();
                }
            }
            case 193 -> {
                if (fault) {
                    table.failures = 1 + random.nextInt(2);
                }
            }
            case 194 -> retry(table);
            case 195 -> {
                if (random.nextInt(4) == 0) {
                    some.member.sync();
                }
            }
            case 196 -> {
                if (random.nextInt(4) == 0) {
                    quick[some.me] = !quick[some.me];
                    some.member.quickBackup(quick[some.me]);
                }
            }
            case 197 -> command(some);
            case 198 -> {
                if (random.nextInt(4) == 0) {
                    table.replica.sendAgain();
                }
            }
            default -> {
                some.addLateTable();
                if (fault && random.nextInt(20) == 0) {
                    oracle.disturbed();
                    pass((int) (HELLO_MILLIS * HELLO_MISSES));
                }
            }
        }
    }

    /** The process of a firewall stands still for a while, or its clock jumps. */
    private void pauseOrJump(SimFirewall some, SimTable table) {
        oracle.disturbed();
        if (plan.faults() == 0) {
            rare(199, some, table);
        } else if (random.nextInt(3) > 0) {
            some.stop(random.nextInt(4) == 0 ? random.nextInt(5000) : random.nextInt((int) (HELLO_MILLIS * HELLO_MISSES * 3 / 2)));
        } else {
            int millis = random.nextInt(1500);
            some.ahead += millis;
            trace("the clock of " + some + " jumps by " + millis);
        }
    }

    private static void retry(SimTable table) {
        if (!table.applying && !table.keeper.delivering()) {
            table.retry();
        }
    }

    /** The process of a firewall dies with its tables, and another one begins, with a clock that may be behind. */
    void restart(SimFirewall dies) {
        oracle.disturbed();
        oracle.dies(dies);
        trace(dies + " restarts");
        dies.dead = true;
        restarts++;
        SimFirewall next = new SimFirewall(this, dies.me, clock());
        if (dies == a) {
            a = next;
        } else {
            b = next;
        }
        cables.forEach(cable -> cable.died(dies));
    }

    /** Where a new process begins: wall clocks are not exact and may go back. */
    private long clock() {
        return (1L << 30) + random.nextInt(2000) << 20;
    }

    void pass(int millis) {
        for (int left = millis; left > 0; left -= TICK_MILLIS) {
            tick(Math.min(left, TICK_MILLIS));
        }
    }

    /** No longer than a tenth of a hello interval, as the clock of a process that runs. */
    private void tick(int millis) {
        now += millis;
        for (SimFirewall firewall : List.of(a, b)) {
            if (firewall.stopped && (firewall.stoppedUntil <= now || quieting)) {
                oracle.disturbed();
                firewall.goOn();
            }
            if (!firewall.stopped) {
                firewall.member.tick(firewall.now());
            }
        }
        for (Cable cable : cables) {
            for (End end : new ArrayList<>(cable.ends)) {
                end.pull(100);
                end.deliver(false);
            }
            cable.settle();
        }
        workedSince = linkWorks() ? Math.min(workedSince, now) : Long.MAX_VALUE;
        oracle.watchRoles();
    }

    private void quieten() {
        trace("--- quiet from here on");
        quieting = true;
        oracle.disturbed();
        for (Cable cable : cables) {
            cable.silent = false;
            cable.deaf[0] = false;
            cable.deaf[1] = false;
        }
        int calm = 0;
        for (int i = 0; calm < 3; i++) {
            if (i > MOST_QUIET_STEPS) {
                throw new AssertionError("never quiet: " + oracle.unrest());
            }
            calm = oracle.unrest().isEmpty() ? calm + 1 : 0;
            cables.forEach(Cable::connect);
            pass(10);
            if (corruption.on() && i % 100 == 0) {
                // The one before may have been lost with a link.
                oracle.lastCheck(a.member.check(), b.member.check());
            }
            for (SimFirewall firewall : List.of(a, b)) {
                settle(firewall, true);
            }
            oracle.check();
        }
        oracle.checkCalm();
    }

    void settle(SimFirewall firewall, boolean handlersCome) {
        if (firewall.stopped) {
            return;
        }
        while (firewall.tellRole()) {
            trace("told");
        }
        firewall.addLateTable();
        for (SimTable table : firewall.tables) {
            table.failures = 0;
            if (handlersCome && !table.handlerHere) {
                table.handlerComes();
            }
            retry(table);
            for (int i = 0; i < 5 && table.applyOne(); i++) {
                oracle.bounds(table);
            }
            for (int i = 0; i < 100 && table.readOne(); i++) {
                oracle.bounds(table);
            }
            for (int i = 0; i < 20 && table.walkOne(); i++) {
                oracle.bounds(table);
            }
        }
    }

    private void anyEnd(java.util.function.Consumer<End> act) {
        Cable cable = anyCable();
        if (!cable.ends.isEmpty()) {
            act.accept(cable.ends.get(random.nextInt(cable.ends.size())));
        }
    }

    private Cable anyCable() {
        return cables.get(random.nextInt(cables.size()));
    }

    String newValue() {
        String value = "v" + random.nextInt(8) + "-" + ++values;
        int more = random.nextInt(plan.valueBytes());
        return more > 12 ? value + "x".repeat(more) : value;
    }

    int compare(String mine, String theirs) {
        return switch (plan.judge()) {
            case 0 -> 0;
            case 1 -> Character.compare(mine.charAt(1), theirs.charAt(1));
            default -> mine.compareTo(theirs) < 0 ? judged(mine, theirs) : -judged(theirs, mine);
        };
    }

    private static int judged(String less, String greater) {
        return less.equals(greater) ? 0 : Math.floorMod(less.hashCode() * 31 + greater.hashCode(), 3) - 1;
    }

    void changed(SimFirewall firewall, SimTable table, String key, String value) {
        trace(firewall + " " + table.type + " changes " + key + "=" + SimTable.shown(value) + (table.handlerHere ? "" : " unwatched"));
        oracle.changed(firewall, table, key, value);
        causality.changed(firewall, table, key, value);
    }

    /** In every other run some handlers come after their firewall has begun. */
    boolean tablesComeLate() {
        return !quieting && seed % 2 == 0;
    }

    /** Whether a link has worked for so long that each knows that the other hears it. */
    boolean linkHasWorked() {
        return linkWorks() && now - workedSince > 2 * detectionMillis();
    }

    /** As both firewalls agree. */
    long detectionMillis() {
        return helloMillis() * HELLO_MISSES;
    }

    long helloMillis() {
        return Math.max(HELLO_MILLIS, plan.helloMillisOfB());
    }

    SimFirewall other(SimFirewall firewall) {
        return firewall == a ? b : a;
    }

    boolean linkWorks() {
        return cables.stream().anyMatch(Cable::works);
    }

    boolean roles(Role one, Role other) {
        return a.member.role() == one && b.member.role() == other || a.member.role() == other && b.member.role() == one;
    }

    static boolean atRest(TableState state) {
        return state.handler() && state.delivered() && !state.snapshotUnderWay() && state.complete()
                && state.lag() == 0 && state.atRisk() == 0;
    }

    void trace(String what) {
        if (tracing) {
            traced.append(now).append(' ').append(what).append('\n');
        }
    }

    String traced() {
        return traced.toString();
    }

    /** Ends the work of a process that has died meanwhile. */
    static final class Died extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
