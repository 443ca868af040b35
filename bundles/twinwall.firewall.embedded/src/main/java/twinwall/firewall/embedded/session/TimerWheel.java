/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.session;

/**
 * A hierarchical timer wheel: three levels of 256 slots, so with ticks of 100 ms up to 19 days ahead; what lies further is parked at the
 * end and placed again from there. Setting and moving a timer is O(1). It knows ticks only; whoever owns it says how many have passed,
 * and not saying it freezes all timers. Not safe for threads.
 */
public final class TimerWheel {

    /** Is told which timers are due. */
    @FunctionalInterface
    public interface Due {

        /** The timer is no longer scheduled. It may be scheduled again from here. */
        void fire(Timer timer);
    }

    private static final int BITS = 8;
    private static final int SLOTS = 1 << BITS;
    private static final int MASK = SLOTS - 1;
    private static final long RANGE = 1L << 3 * BITS;

    private final Timer[] heads = new Timer[3 * SLOTS];
    private final Due due;
    private long tick;
    private long target;
    private int size;

    public TimerWheel(Due due) {
        this.due = due;
    }

    /** Schedules, or schedules anew, that many ticks from now; at least one. */
    public void schedule(Timer timer, long ticks) {
        cancel(timer);
        timer.dueTick = tick + Math.max(1, ticks);
        place(timer);
        size++;
    }

    /** Takes the timer out; nothing happens when it is not in. */
    public void cancel(Timer timer) {
        if (timer.wheelSlot != Timer.UNSCHEDULED) {
            unlink(timer);
            size--;
        }
    }

    /** Lets time pass. Timers fire in the next {@link #fire}. More than the wheel's range counts as its range. */
    public void pass(long ticks) {
        target = Math.min(target + Math.max(0, ticks), tick + RANGE);
    }

    /**
     * Fires what is due, at most that many timers; the rest is left for the next call.
     *
     * @return whether anything was left
     */
    public boolean fire(int most) {
        int left = most;
        while (true) {
            int slot = (int) (tick & MASK);
            while (heads[slot] != null) {
                if (left-- == 0) {
                    return true;
                }
                Timer timer = heads[slot];
                unlink(timer);
                size--;
                due.fire(timer);
            }
            if (tick >= target) {
                return false;
            }
            if (size == 0) {
                tick = target;
                continue;
            }
            tick++;
            cascade();
        }
    }

    /** How many timers are scheduled. */
    public int size() {
        return size;
    }

    private void cascade() {
        if ((tick & MASK) != 0) {
            return;
        }
        if ((tick >>> BITS & MASK) == 0) {
            replace(2 * SLOTS + (int) (tick >>> 2 * BITS & MASK));
        }
        replace(SLOTS + (int) (tick >>> BITS & MASK));
    }

    private void replace(int slot) {
        Timer timer = heads[slot];
        heads[slot] = null;
        while (timer != null) {
            Timer next = timer.nextTimer;
            place(timer);
            timer = next;
        }
    }

    private void place(Timer timer) {
        long ahead = timer.dueTick - tick;
        int slot;
        if (ahead < SLOTS) {
            slot = (int) (Math.max(timer.dueTick, tick) & MASK);
        } else if ((timer.dueTick >>> BITS) - (tick >>> BITS) < SLOTS) {
            slot = SLOTS + (int) (timer.dueTick >>> BITS & MASK);
        } else {
            long far = Math.min(timer.dueTick >>> 2 * BITS, (tick >>> 2 * BITS) + SLOTS - 1);
            slot = 2 * SLOTS + (int) (far & MASK);
        }
        link(timer, slot);
    }

    private void link(Timer timer, int slot) {
        Timer head = heads[slot];
        timer.wheelSlot = slot;
        timer.previousTimer = null;
        timer.nextTimer = head;
        if (head != null) {
            head.previousTimer = timer;
        }
        heads[slot] = timer;
    }

    private void unlink(Timer timer) {
        if (timer.previousTimer == null) {
            heads[timer.wheelSlot] = timer.nextTimer;
        } else {
            timer.previousTimer.nextTimer = timer.nextTimer;
        }
        if (timer.nextTimer != null) {
            timer.nextTimer.previousTimer = timer.previousTimer;
        }
        timer.previousTimer = null;
        timer.nextTimer = null;
        timer.wheelSlot = Timer.UNSCHEDULED;
    }
}
