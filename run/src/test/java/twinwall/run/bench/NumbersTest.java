/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NumbersTest {

    @Test
    void wholeNumbersAreWrittenWhole() {
        assertThat(Numbers.text(1_000_000)).isEqualTo("1,000,000");
        assertThat(Numbers.text(0)).isEqualTo("0");
    }

    @Test
    void othersHaveAboutThreeDigits() {
        assertThat(Numbers.text(0.4321)).isEqualTo("0.43");
        assertThat(Numbers.text(37.45)).isEqualTo("37.5");
        assertThat(Numbers.text(142.4)).isEqualTo("142");
        assertThat(Numbers.text(286_000.4)).isEqualTo("286,000");
    }
}
