/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class SampledTimeTest {

    @Test
    void oneInSoManyIsPickedOnAverage() {
        Chance chance = new Chance(64);
        int picked = 0;
        for (int i = 0; i < 6_400_000; i++) {
            picked += chance.picks() ? 1 : 0;
        }
        assertThat(picked).isCloseTo(100_000, Percentage.withPercentage(1));
    }

    @Test
    void aRhythmOfTheCallsDoesNotBiasTheEstimate() {
        SampledTime time = new SampledTime(64);
        long really = 0;
        for (int i = 0; i < 4_000_000; i++) {
            int nanos = i % 4 == 0 ? 4000 : 400;
            really += nanos;
            if (time.due()) {
                time.add(nanos, 1);
            }
        }
        SampledTime.Reading reading = time.reading();
        assertThat(reading.nanos()).isCloseTo(really, Percentage.withPercentage(2));
        assertThat(100 * Math.sqrt(reading.variance()) / reading.nanos()).as("standard error, %").isCloseTo(0.6, within(0.2));
    }

    @Test
    void aPauseWithinACallDoesNotCountAsWork() {
        SampledTime time = new SampledTime(1);
        for (int i = 0; i < 10_000; i++) {
            time.add(i % 1000 == 999 ? 20_000_000 : 1000, 1);
        }
        assertThat(time.reading().nanos()).as("of 10 ms").isBetween(9.9e6, 10.5e6);
    }

    @Test
    void aLargeBatchIsNotTakenForAPause() {
        SampledTime time = new SampledTime(1);
        for (int i = 0; i < 1000; i++) {
            time.add(2000, 1);
        }
        time.add(2000 * 400, 400);
        assertThat(time.reading().nanos()).isCloseTo(2.8e6, Percentage.withPercentage(0.1));
    }
}
