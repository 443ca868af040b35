/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.trials;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrialsTest {

    @ParameterizedTest
    @ValueSource(strings = {"--only=earthquake", "--hello=100", "--hello=100x", "--kills=0", "--rounds=0", "--stop-seconds=0", "--seed=x"})
    void anArgumentThatCannotBeUsedIsRefused(String argument) {
        assertThat(Trials.run(argument)).isEqualTo(Trials.BAD_INPUT);
    }
}
