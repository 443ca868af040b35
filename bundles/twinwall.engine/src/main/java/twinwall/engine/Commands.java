/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.engine;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import twinwall.group.Verdict;
import twinwall.protocol.HandoverEnd;
import twinwall.protocol.Member;

/** Commands under way: each ends with a verdict, in bounded time. */
final class Commands {

    private static final long SYNC_PATIENCE_MILLIS = 120_000;

    private final Member member;
    private final List<Waiting> switchovers = new ArrayList<>();
    private final List<Waiting> syncs = new ArrayList<>();

    private record Waiting(CompletableFuture<Verdict> verdict, long since) {
    }

    Commands(Member member) {
        this.member = member;
    }

    CompletionStage<Verdict> switchover(long now) {
        return handOver(() -> member.switchover(now), now);
    }

    /** Everything goes to the peer, because the process stops. */
    CompletionStage<Verdict> handOverToStop(long now) {
        return handOver(() -> member.handOverToStop(now), now);
    }

    private CompletionStage<Verdict> handOver(Runnable begin, long now) {
        Waiting waiting = new Waiting(new CompletableFuture<>(), now);
        synchronized (this) {
            switchovers.add(waiting);
        }
        begin.run();
        return waiting.verdict;
    }

    /** Called with the member's lock held: completes elsewhere. */
    void switchoverEnded(HandoverEnd end, long now, Threads threads) {
        List<Waiting> ended;
        synchronized (this) {
            ended = List.copyOf(switchovers);
            switchovers.clear();
        }
        threads.run(() -> ended.forEach(waiting -> waiting.verdict.complete(
                new Verdict(end.done(), end.message(), now - waiting.since, end.tables()))));
    }

    CompletionStage<Verdict> sync(long now) {
        if (member.peer(now).role() == null) {
            return CompletableFuture.completedFuture(new Verdict(false, "The peer is not heard; there is nobody to copy to.", 0));
        }
        Waiting waiting = new Waiting(new CompletableFuture<>(), now);
        member.sync();
        synchronized (this) {
            syncs.add(waiting);
        }
        return waiting.verdict;
    }

    void tick(long now) {
        List<Runnable> ends = new ArrayList<>(0);
        // Asked before this lock is taken: the member calls switchoverEnded with its own lock held.
        boolean inSync = waiting() && member.allDelivered() && member.peerDelivered();
        synchronized (this) {
            for (Iterator<Waiting> all = syncs.iterator(); all.hasNext();) {
                Waiting waiting = all.next();
                long waited = now - waiting.since;
                // A hello that was under way when the command came says nothing about it.
                if (waited > 2 * member.hellos().intervalMillis() && inSync) {
                    all.remove();
                    ends.add(() -> waiting.verdict.complete(new Verdict(true, "Every table was copied both ways; both sides are in sync.",
                            waited)));
                } else if (waited > SYNC_PATIENCE_MILLIS) {
                    all.remove();
                    ends.add(() -> waiting.verdict.complete(new Verdict(false, "Not in sync after " + waited
                            + " ms; copying goes on. The status names the tables.", waited)));
                }
            }
        }
        ends.forEach(Runnable::run);
    }

    private synchronized boolean waiting() {
        return !syncs.isEmpty();
    }
}
