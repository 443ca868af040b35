/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.engine;

import java.util.ArrayDeque;
import java.util.Deque;

import twinwall.engine.SampledTime.Reading;
import twinwall.group.BackupPrice;
import twinwall.protocol.TableState;

/** What backing up one table costs: counts of the replica, and processor time from samples. Rates are over the last seconds. */
final class TableCost {

    /** One in so many frames, and pieces of work, is timed. */
    static final int FRAMES = 16;

    private static final int CHANGES = 64;
    private static final long STEP_MILLIS = 1000;
    private static final int STEPS = 5;

    /** From the handler's question to the noted change. One in 64 changes is timed. */
    final SampledTime reporting = new SampledTime(CHANGES);
    /** Writing a frame of changes. */
    final SampledTime sending = new SampledTime(FRAMES);
    /** Taking a frame in that confirms changes. */
    final SampledTime confirmed = new SampledTime(FRAMES);
    /** Taking a frame of the peer's changes in. */
    final SampledTime taking = new SampledTime(FRAMES);
    /** Restoring the peer's changes. */
    final SampledTime applying = new SampledTime(FRAMES);

    private final Deque<Sight> sights = new ArrayDeque<>();

    private record Sight(long at, TableState state, Reading reporting, Reading sending, Reading applying) {
    }

    private Sight sight(long now, TableState state) {
        return new Sight(now, state, reporting.reading(), sending.reading().plus(confirmed.reading()),
                taking.reading().plus(applying.reading()));
    }

    /** Time passes: remembers once a second how things stand. */
    synchronized void tick(long now, TableState state) {
        if (sights.isEmpty() || now - sights.getLast().at >= STEP_MILLIS) {
            sights.addLast(sight(now, state));
            if (sights.size() > STEPS) {
                sights.removeFirst();
            }
        }
    }

    /** The price by now; without rates until the clock has looked once. */
    synchronized BackupPrice price(long now, TableState state) {
        Sight before = sights.peekFirst();
        if (before == null || now <= before.at) {
            return BackupPrice.NONE;
        }
        return between(before, sight(now, state));
    }

    private static BackupPrice between(Sight before, Sight after) {
        TableState then = before.state;
        TableState now = after.state;
        long millis = after.at - before.at;
        double seconds = millis / 1000.0;
        Reading reported = after.reporting.minus(before.reporting);
        Reading sent = after.sending.minus(before.sending);
        Reading applied = after.applying.minus(before.applying);
        long changes = now.changes() - then.changes();
        long bytes = now.bytes() - then.bytes();
        long quickChanges = now.onlyQuick().changes() - then.onlyQuick().changes();
        // What is at the head of frames is shared out anew with each of them, so it may shrink by a few bytes.
        long quickBytes = Math.max(0, Math.min(bytes, now.onlyQuick().bytes() - then.onlyQuick().bytes()));
        double quickNanos = reported.nanos() * share(now.onlyQuick().reported() - then.onlyQuick().reported(),
                now.onlyQuick().allReported() - then.onlyQuick().allReported()) + sent.nanos() * share(quickBytes, bytes);
        return new BackupPrice(millis, changes / seconds, bytes / seconds, (reported.nanos() + sent.nanos()) / 1000 / seconds,
                quickChanges / seconds, quickBytes / seconds, quickNanos / 1000 / seconds,
                (now.applied() - then.applied()) / seconds, applied.nanos() / 1000 / seconds,
                errorPercent(reported.plus(sent).plus(applied)), now.onlyQuick().changes(), now.onlyQuick().bytes());
    }

    private static double share(long part, long whole) {
        return whole <= 0 ? 0 : Math.min(1, (double) part / whole);
    }

    private static double errorPercent(Reading all) {
        return all.nanos() <= 0 ? -1 : 100 * Math.sqrt(Math.max(0, all.variance())) / all.nanos();
    }
}
