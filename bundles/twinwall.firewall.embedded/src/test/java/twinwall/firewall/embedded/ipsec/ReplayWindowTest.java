/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.ipsec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;

import org.junit.jupiter.api.Test;

class ReplayWindowTest {

    @Test
    void acceptsEveryNumberOnceWhateverTheOrder() {
        for (int seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            int size = 64 + random.nextInt(4033);
            ReplayWindow window = new ReplayWindow(size);
            Set<Long> accepted = new HashSet<>();
            long top = 0;
            long refusedUpTo = 0;
            for (int i = 0; i < 3000; i++) {
                long number = Math.max(0, top + random.nextInt(size * 2) - size - random.nextInt(3) * (size / 2)
                        + (random.nextInt(50) == 0 ? random.nextInt(10 * size) : 0));
                boolean expected = number > 0 && number > refusedUpTo && number > top - size && !accepted.contains(number);
                assertThat(window.fresh(number)).as("seed %d size %d top %d number %d", seed, size, top, number).isEqualTo(expected);
                if (expected) {
                    window.mark(number);
                    accepted.add(number);
                    top = Math.max(top, number);
                }
                if (random.nextInt(400) == 0) {
                    refusedUpTo = Math.max(refusedUpTo, Math.max(0, top + random.nextInt(3 * size) - size));
                    window.refuseUpTo(refusedUpTo);
                    top = Math.max(top, refusedUpTo);
                }
                assertThat(window.top()).isEqualTo(top);
            }
        }
    }

    @Test
    void theWholeNumberIsTheNearestThatIsNotTooOld() {
        for (int seed = 0; seed < 2000; seed++) {
            Random random = new Random(seed);
            int size = 64 + random.nextInt(4033);
            long top = 1 + (random.nextBoolean() ? (long) random.nextInt(5) << 32 : 0) + random.nextInt(10_000) - 5000;
            if (top < 1) {
                continue;
            }
            ReplayWindow window = new ReplayWindow(size);
            window.mark(top);
            for (int i = 0; i < 50; i++) {
                // Appendix A: from the window's left edge to 2^32 - size beyond the right one.
                long number = top - size + 1 + random.nextLong(1L << 32);
                if (number > 0) {
                    assertThat(window.whole((int) number)).isEqualTo(number);
                }
            }
        }
    }

    @Test
    void aNumberBeforeTheFirstIsNone() {
        ReplayWindow window = new ReplayWindow(64);
        assertThat(window.fresh(0)).isFalse();
        assertThat(window.fresh(window.whole(-5))).isFalse();
        window.mark(3);
        assertThat(window.fresh(window.whole(-5))).isFalse();
        assertThat(window.fresh(window.whole(4))).isTrue();
    }
}
