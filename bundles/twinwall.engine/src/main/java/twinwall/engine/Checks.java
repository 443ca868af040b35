/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.engine;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import twinwall.group.CheckReport;
import twinwall.group.CheckReport.TableCheck;
import twinwall.protocol.Comparison;
import twinwall.protocol.ComparisonState;
import twinwall.protocol.Member;

/** Checks under way: each ends with a report, in bounded time. */
final class Checks {

    private static final long PATIENCE_MILLIS = 30_000;

    private final Member member;
    private final Collection<BackedUpTable> tables;
    private final List<Waiting> waiting = new ArrayList<>();

    /** A check with what had been found before it. */
    private record Waiting(long number, CompletableFuture<CheckReport> report, Map<String, ComparisonState> before, long since) {
    }

    Checks(Member member, Collection<BackedUpTable> tables) {
        this.member = member;
        this.tables = tables;
    }

    CompletionStage<CheckReport> check(long now) {
        if (member.peer(now).role() == null) {
            return CompletableFuture.completedFuture(new CheckReport(false, "The peer is not heard; there is nothing to compare with.", 0,
                    List.of()));
        }
        Map<String, ComparisonState> before = new HashMap<>();
        compared().forEach(table -> before.put(table.type(), table.replica().comparison().state()));
        Waiting added = new Waiting(member.check(), new CompletableFuture<>(), before, now);
        synchronized (this) {
            waiting.add(added);
        }
        return added.report;
    }

    private List<BackedUpTable> compared() {
        return tables.stream().filter(table -> table.replica() != null && table.handler() != null).toList();
    }

    void tick(long now) {
        List<Runnable> ends = new ArrayList<>(0);
        synchronized (this) {
            for (Iterator<Waiting> all = waiting.iterator(); all.hasNext();) {
                Waiting one = all.next();
                boolean late = now - one.since > PATIENCE_MILLIS;
                if (late || compared().stream().allMatch(table -> settled(table, one))) {
                    all.remove();
                    CheckReport report = report(one, now - one.since);
                    ends.add(() -> one.report.complete(report));
                }
            }
        }
        ends.forEach(Runnable::run);
    }

    private static boolean settled(BackedUpTable table, Waiting one) {
        Comparison comparison = table.replica().comparison();
        return comparison.state().settled() >= one.number || !comparison.hindrance().isEmpty();
    }

    private CheckReport report(Waiting one, long waited) {
        List<TableCheck> found = new ArrayList<>();
        for (BackedUpTable table : compared()) {
            found.add(check(table, one));
        }
        found.sort((a, b) -> a.type().compareTo(b.type()));
        long equal = found.stream().filter(table -> table.detail().isEmpty()).count();
        long differing = found.stream().mapToLong(TableCheck::differing).sum();
        long repaired = found.stream().mapToLong(TableCheck::repaired).sum();
        boolean done = equal == found.size();
        String message = equal + " of " + found.size() + " tables are equal on both firewalls; " + differing + " entries differed, "
                + repaired + " of them were repaired." + (done ? "" : " The tables tell what is left.");
        return new CheckReport(done, message, waited, found);
    }

    private static TableCheck check(BackedUpTable table, Waiting one) {
        Comparison comparison = table.replica().comparison();
        ComparisonState state = comparison.state();
        ComparisonState before = one.before.getOrDefault(table.type(), state);
        long repaired = Math.max(0, state.repaired() - before.repaired());
        long drift = state.drift();
        long differing = Math.max(0, drift) + repaired;
        if (state.settled() < one.number) {
            String why = comparison.hindrance().isEmpty() ? "it changes too fast, or the peer does not answer" : comparison.hindrance();
            return new TableCheck(table.type(), -1, differing, repaired, drift, 0, "not compared: " + why);
        }
        String detail = drift == 0 ? "" : drift + " entries differ for good, as when the peer refuses them: see refused in its status";
        return new TableCheck(table.type(), state.compared(), differing, repaired, drift, state.millis(), detail);
    }
}
