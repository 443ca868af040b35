/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

class GrowthTest {

    private static final long MIB = 1 << 20;

    private final List<Sample> samples = new ArrayList<>();

    private void lives(long pid, int moments, int threads, int moreThreads, long live, long moreLive) {
        for (int i = 0; i < moments; i++) {
            samples.add(new Sample(pid, threads + i * moreThreads, 100, 200 * MIB, live + i * moreLive));
        }
    }

    @Test
    void aProcessThatStaysAsItIsHasNoFault() {
        lives(1, 12, 60, 0, 30 * MIB, 0);

        assertThat(Growth.of(samples).known()).isTrue();
        assertThat(Growth.of(samples).faults()).isEmpty();
    }

    @Test
    void threadsThatAreNeverEndedAreAFault() {
        lives(1, 20, 60, 3, 30 * MIB, 0);

        assertThat(Growth.of(samples).faults()).hasSize(1).first().asString().contains("threads grew from 75 to 111");
    }

    @Test
    void aHeapThatFillsUpIsAFault() {
        lives(1, 20, 60, 0, 30 * MIB, 3 * MIB);

        assertThat(Growth.of(samples).faults()).hasSize(1).first().asString().contains("heap");
    }

    @Test
    void onlyTheLongestLifeCounts() {
        lives(1, 4, 60, 50, 30 * MIB, 0);
        lives(2, 12, 60, 0, 30 * MIB, 0);
        lives(3, 3, 500, 50, 30 * MIB, 0);

        assertThat(Growth.of(samples).faults()).isEmpty();
    }

    @Test
    void aShortLifeSaysNothing() {
        lives(1, 6, 60, 50, 30 * MIB, 0);

        assertThat(Growth.of(samples).known()).isFalse();
        assertThat(Growth.of(samples).faults()).isEmpty();
    }
}
