/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.soak;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SoakTest {

    @ParameterizedTest
    @ValueSource(strings = {"--minutes=0", "--minutes=x", "--only=earthquake", "--stop-seconds=0", "--seed=x", "--keep=."})
    void anArgumentThatCannotBeUsedIsRefused(String argument) {
        assertThat(Soak.run(argument)).isEqualTo(Soak.BAD_INPUT);
    }
}
