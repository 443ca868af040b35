/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;

class TimerWheelTest {

    private final List<Timer> fired = new ArrayList<>();
    private final TimerWheel wheel = new TimerWheel(fired::add);

    private static final class Plain extends Timer {
    }

    private void pass(long ticks) {
        wheel.pass(ticks);
        wheel.fire(Integer.MAX_VALUE);
    }

    @Test
    void aTimerFiresAtItsTickAndNotBefore() {
        for (long ticks : new long[] {1, 2, 255, 256, 257, 511, 65_535, 65_536, 65_537, 1_000_000, 16_000_000}) {
            fired.clear();
            wheel.schedule(new Plain(), ticks);
            pass(ticks - 1);
            assertThat(fired).as("a tick before " + ticks).isEmpty();
            pass(1);
            assertThat(fired).as("at " + ticks).hasSize(1);
        }
    }

    @Test
    void aTimerBeyondTheRangeIsParkedAndFiresAtItsTick() {
        long ticks = (1L << 24) + 12_345_678;
        wheel.schedule(new Plain(), ticks);
        pass(1 << 24);
        pass(12_345_677);
        assertThat(fired).isEmpty();
        pass(1);
        assertThat(fired).hasSize(1);
    }

    @Test
    void aCancelledTimerNeverFires() {
        Plain timer = new Plain();
        wheel.schedule(timer, 5);
        wheel.cancel(timer);
        wheel.cancel(timer);
        pass(100);
        assertThat(fired).isEmpty();
        assertThat(wheel.size()).isZero();
    }

    @Test
    void schedulingAgainMovesTheTimer() {
        Plain timer = new Plain();
        wheel.schedule(timer, 5);
        wheel.schedule(timer, 500);
        pass(499);
        assertThat(fired).isEmpty();
        pass(1);
        assertThat(fired).containsExactly(timer);
    }

    @Test
    void aBoundedCallLeavesTheRestForTheNext() {
        for (int i = 0; i < 10; i++) {
            wheel.schedule(new Plain(), 3);
        }
        wheel.pass(3);
        assertThat(wheel.fire(4)).isTrue();
        assertThat(fired).hasSize(4);
        assertThat(wheel.fire(100)).isFalse();
        assertThat(fired).hasSize(10);
    }

    @Test
    void randomTimersFireAtTheirTicks() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        long[] now = {0};
        List<Long> wrong = new ArrayList<>();
        List<Long> dues = new ArrayList<>();
        TimerWheel exact = new TimerWheel(timer -> {
            if (((Due) timer).at != now[0]) {
                wrong.add(((Due) timer).at);
            }
            dues.add(((Due) timer).at);
        });
        for (int i = 0; i < 2000; i++) {
            long ahead = 1 + random.nextInt(1 << 1 + random.nextInt(17));
            exact.schedule(new Due(now[0] + ahead), ahead);
            for (int tick = random.nextInt(40); tick > 0; tick--) {
                now[0]++;
                exact.pass(1);
                exact.fire(Integer.MAX_VALUE);
            }
        }
        assertThat(wrong).as("seed " + seed).isEmpty();
        assertThat(dues).as("seed " + seed).hasSize(2000 - exact.size());
    }

    private static final class Due extends Timer {

        private final long at;

        Due(long at) {
            this.at = at;
        }
    }
}
