/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.confirm;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.Lock;
import java.util.function.LongSupplier;

import twinwall.firewall.ConfirmStatus;
import twinwall.firewall.PeerAnswer;
import twinwall.firewall.PeerAnswer.Outcome;
import twinwall.firewall.embedded.DropReason;
import twinwall.firewall.embedded.Frame;
import twinwall.firewall.embedded.LateFrames;
import twinwall.firewall.embedded.Verdict;
import twinwall.firewall.embedded.confirm.ConfirmSettings.OnBound;
import twinwall.firewall.embedded.session.Flow;

/**
 * Confirm before forward: the first packet of a session waits until the peer has the session and all that was made for it, so that the
 * answer may come through the peer however fast it is. Later packets of the session wait behind it, in order. Sessions are released in the
 * order in which they began, so that what an earlier one made, for example a block of ports, is on the peer too.
 * <p>
 * {@link #asking}, {@link #asked}, the answers and {@link #decide} are for the packet path, under the firewall's lock; the other methods
 * take it themselves. Frames leave without it.
 */
public final class ConfirmBeforeForward {

    /** A probe that is not answered within so many bounds is given up for another. */
    private static final int PROBE_BOUNDS = 10;

    private final ConfirmSettings settings;
    private final Lock lock;
    private final LongSupplier clock;
    private final Departures departures;
    private final Trust trust;
    private final long boundMicros;
    private final FramePool pool = new FramePool();
    private final RecentMicros recent = new RecentMicros();
    private final ConfirmCounts counts = new ConfirmCounts();
    private final Deque<Hold> order = new ArrayDeque<>();
    private final Map<Flow, Hold> byFlow = new IdentityHashMap<>();
    private Runnable alarm = () -> { };
    private LateFrames to;
    private long number;
    private Hold current;
    private Hold probe;
    private boolean collecting;

    /** Says what becomes of a frame that leaves now, and counts it. Called under the firewall's lock. */
    @FunctionalInterface
    public interface Departures {

        /** Its verdict, which is not the one of when it came if the firewall forwards no more. */
        Verdict now(Verdict wanted);
    }

    /**
     * Nothing waits yet.
     *
     * @param clock micros that only go forward
     */
    public ConfirmBeforeForward(ConfirmSettings settings, Lock lock, LongSupplier clock, Departures departures) {
        this.settings = settings;
        this.lock = lock;
        this.clock = clock;
        this.departures = departures;
        this.trust = new Trust(settings.boundMillis());
        this.boundMicros = settings.boundMillis() * 1000L;
    }

    /** Whether it is configured. */
    public boolean on() {
        return settings.on();
    }

    /** Whom to wake when something begins to wait: called under the lock, returns at once. {@link #releaseOverdue} tells until when. */
    public void alarm(Runnable wake) {
        alarm = wake;
    }

    /** A packet comes. {@code late} is where its frame goes if it has to wait; null when it cannot. */
    public void begin(LateFrames late, long numberThere) {
        to = late;
        number = numberThere;
    }

    /** A session may begin: from here on every entry that is made is asked for. */
    public void asking() {
        if (settings.on() && to != null) {
            current = current == null ? new Hold(this, clock.getAsLong()) : current;
            collecting = true;
        }
    }

    /** It has begun. */
    public void asked() {
        collecting = false;
    }

    /** Who is told whether the peer has an entry that was just made; null when nobody asks. */
    public PeerAnswer entryAnswer() {
        return collecting ? current.entry() : null;
    }

    /** The same for the entry of the session itself. */
    public PeerAnswer sessionAnswer() {
        return collecting ? current.session() : null;
    }

    /** What becomes of the packet that {@link #begin} announced, whose flow this is; null for none. */
    public Verdict decide(Flow flow, Verdict verdict, Frame frame) {
        Hold begun = current;
        current = null;
        collecting = false;
        if (!verdict.forwarded() || flow == null || to == null) {
            return verdict;
        }
        Hold before = byFlow.isEmpty() ? null : byFlow.get(flow);
        if (before == null && (begun == null || !waits(begun))) {
            return verdict;
        }
        return before != null ? behind(before, verdict, frame) : first(begun, flow, verdict, frame);
    }

    private boolean waits(Hold begun) {
        if (begun.notDue) {
            trust.notDue();
            return false;
        }
        Outcome failure = begun.told() ? begun.failure() : Outcome.UNKNOWN;
        if (failure != null) {
            trust.unconfirmed(failure);
            return false;
        }
        trust.due();
        if (!trust.holds()) {
            probe(begun);
            return false;
        }
        return true;
    }

    private void probe(Hold begun) {
        if (probe == null || begun.since - probe.since > PROBE_BOUNDS * boundMicros) {
            probe = begun;
            if (begun.asked()) {
                probed(begun);
            }
        }
    }

    private void probed(Hold answered) {
        probe = null;
        if (answered.failure() == null) {
            trust.confirmed(clock.getAsLong() - answered.since);
        } else {
            trust.unconfirmed(answered.failure());
        }
    }

    private Verdict first(Hold begun, Flow flow, Verdict verdict, Frame frame) {
        byte[] copy = pool.copy(frame);
        if (copy == null) {
            return noRoom(verdict);
        }
        begun.add(new HeldFrame(copy, frame.length, frame.more(), verdict, to, number));
        if (begun.asked()) {
            // Answered before it could wait.
            pool.giveBack(begun.take().get(0));
            return verdict;
        }
        begun.flow = flow;
        byFlow.put(flow, begun);
        order.add(begun);
        counts.held++;
        counts.frames++;
        if (order.size() == 1) {
            alarm.run();
        }
        return Verdict.HELD;
    }

    private Verdict behind(Hold before, Verdict verdict, Frame frame) {
        byte[] copy = pool.copy(frame);
        if (copy == null) {
            return noRoom(verdict);
        }
        counts.frames++;
        before.add(new HeldFrame(copy, frame.length, frame.more(), verdict, to, number));
        return Verdict.HELD;
    }

    private Verdict noRoom(Verdict verdict) {
        counts.noRoom++;
        if (settings.onBound() == OnBound.FORWARD) {
            return verdict;
        }
        counts.dropped++;
        return Verdict.dropped(DropReason.NOT_CONFIRMED);
    }

    /** All answers are there. On any thread. */
    void answered(Hold hold) {
        List<Hold> released = List.of();
        lock.lock();
        try {
            if (hold == probe) {
                probed(hold);
            } else if (hold.flow != null && !hold.settled) {
                hold.settled = true;
                settle(hold);
                released = releasable();
            }
        } finally {
            lock.unlock();
        }
        released.forEach(this::leave);
    }

    private void settle(Hold hold) {
        Outcome failure = hold.failure();
        if (failure == null || failure == Outcome.OVERTAKEN) {
            long waited = clock.getAsLong() - hold.since;
            counts.confirmed++;
            recent.add(waited);
            trust.confirmed(waited);
        } else {
            counts.givenUp++;
            trust.unconfirmed(failure);
        }
    }

    private List<Hold> releasable() {
        List<Hold> released = new ArrayList<>(1);
        while (!order.isEmpty() && (order.peek().settled || !trust.holds())) {
            Hold next = order.poll();
            counts.givenUp += next.settled ? 0 : 1;
            next.settled = true;
            released.add(next);
        }
        return released;
    }

    /**
     * Releases what has waited as long as it may.
     *
     * @return micros until the next will have; -1 when nothing waits
     */
    public long releaseOverdue() {
        List<Hold> released = new ArrayList<>(0);
        long left;
        lock.lock();
        try {
            long now = clock.getAsLong();
            while (!order.isEmpty() && (order.peek().settled || now - order.peek().since >= boundMicros)) {
                Hold next = order.poll();
                if (!next.settled) {
                    next.settled = true;
                    next.late = true;
                    counts.boundHit++;
                    trust.missed();
                }
                released.add(next);
            }
            released.addAll(releasable());
            left = order.isEmpty() ? -1 : Math.max(1, boundMicros - (now - order.peek().since));
        } finally {
            lock.unlock();
        }
        released.forEach(this::leave);
        return left;
    }

    /** Nothing waits any more: the firewall's role has changed. */
    public void releaseAll() {
        List<Hold> released;
        lock.lock();
        try {
            order.forEach(hold -> {
                counts.givenUp += hold.settled ? 0 : 1;
                hold.settled = true;
            });
            released = releasable();
        } finally {
            lock.unlock();
        }
        released.forEach(this::leave);
    }

    /** Lets the frames of a session go, and those that come meanwhile behind them. */
    private void leave(Hold hold) {
        Frame out = new Frame(new byte[0]);
        List<HeldFrame> left = List.of();
        while (true) {
            List<Verdict> verdicts = new ArrayList<>(1);
            lock.lock();
            try {
                left.forEach(pool::giveBack);
                left = hold.take();
                if (left.isEmpty()) {
                    byFlow.remove(hold.flow, hold);
                    return;
                }
                left.forEach(frame -> verdicts.add(verdict(hold, frame)));
            } finally {
                lock.unlock();
            }
            for (int i = 0; i < left.size(); i++) {
                leave(left.get(i), verdicts.get(i), out);
            }
        }
    }

    private Verdict verdict(Hold hold, HeldFrame frame) {
        boolean drop = hold.late && settings.onBound() == OnBound.DROP;
        counts.dropped += drop ? 1 : 0;
        return departures.now(drop ? Verdict.dropped(DropReason.NOT_CONFIRMED) : frame.verdict());
    }

    private static void leave(HeldFrame frame, Verdict verdict, Frame out) {
        out.set(frame.bytes(), 0, verdict.forwarded() ? frame.length() : 0);
        if (verdict.forwarded()) {
            frame.more().forEach(out::add);
        }
        frame.to().settled(frame.number(), verdict, out);
    }

    /** How it is now. */
    public ConfirmStatus status() {
        lock.lock();
        try {
            int[] sorted = recent.sorted();
            String state = settings.on() ? trust.state().name().toLowerCase(Locale.ROOT).replace('_', '-') : "off";
            return new ConfirmStatus(state, trust.why(), settings.boundMillis(), pool.frames(), counts.named(trust.fallbacks()),
                    RecentMicros.percentile(sorted, 50), RecentMicros.percentile(sorted, 99));
        } finally {
            lock.unlock();
        }
    }
}
