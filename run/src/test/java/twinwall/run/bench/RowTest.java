/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RowTest {

    @Test
    void aTargetOfAtLeastIsMetFromItsValueOn() {
        Row row = Row.of("changes", "", 300_000, "changes/s").against(Target.atLeast(300_000));
        assertThat(row.missed()).isFalse();
        assertThat(Row.of("changes", "", 299_999, "changes/s").against(Target.atLeast(300_000)).missed()).isTrue();
    }

    @Test
    void aTargetOfAtMostIsMetUpToItsValue() {
        assertThat(Row.of("bytes", "", 50, "bytes").against(Target.atMost(50)).missed()).isFalse();
        assertThat(Row.of("bytes", "", 50.1, "bytes").against(Target.atMost(50)).missed()).isTrue();
    }

    @Test
    void theRatioIsFigureToWhatIsBeside() {
        assertThat(Row.of("latency", "", 63, "us").beside("conntrackd", 126).ratio()).isEqualTo(0.5);
    }

    @Test
    void withNothingBesideThereIsNoRatio() {
        assertThat(Row.of("latency", "", 63, "us").ratio()).isNaN();
        assertThat(Row.of("latency", "", 63, "us").beside("nothing", 0).ratio()).isNaN();
    }

    @Test
    void whatWasNotMeasuredMissesNothingAndSaysWhy() {
        Row row = Row.notMeasured("bytes", "ss is not installed");
        assertThat(row.measured()).isFalse();
        assertThat(row.against(Target.atMost(50)).missed()).isFalse();
        assertThat(row.details()).containsEntry("notMeasured", "ss is not installed");
    }

    @Test
    void aRowWithOneMoreDetailLeavesTheFirstAsItWas() {
        Row first = Row.of("start", "", 1, "s");
        assertThat(first.with("median", 2).details()).containsKey("median");
        assertThat(first.details()).isEmpty();
    }
}
