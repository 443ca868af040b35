/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;

class PercentilesTest {

    @Test
    void ranksAreTheSmallestSamplesThatSoManyPerCentDoNotExceed() {
        long[] samples = LongStream.rangeClosed(1, 1000).map(number -> 1001 - number).toArray();
        assertThat(Percentiles.of(samples, 1000)).isEqualTo(new Percentiles(1000, 500, 990, 999, 1000));
    }

    @Test
    void ofOneSampleAllAreThatSample() {
        assertThat(Percentiles.of(new long[] {7, 99}, 1)).isEqualTo(new Percentiles(1, 7, 7, 7, 7));
    }

    @Test
    void ofNoSamplesThereIsNothing() {
        assertThat(Percentiles.of(new long[0], 0)).isEqualTo(new Percentiles(0, 0, 0, 0, 0));
    }

    @Test
    void whatWasGatheredIsForgottenWhenCleared() {
        Latencies latencies = new Latencies();
        latencies.add(5);
        latencies.add(3);
        assertThat(latencies.percentiles().max()).isEqualTo(5);
        latencies.clear();
        assertThat(latencies.percentiles().count()).isZero();
    }
}
