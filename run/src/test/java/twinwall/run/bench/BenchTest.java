/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class BenchTest {

    @Test
    void theMeasuresAreListedWithoutMeasuring() {
        assertThat(Bench.run("--list")).isZero();
    }

    @Test
    void aMeasureThatThereIsNotIsRefused() {
        assertThat(Bench.run("--only", "nonsense")).isEqualTo(2);
    }

    @Test
    void numbersOutOfRangeAreRefused() {
        assertThat(Bench.run("--seconds", "0", "--only", "bytes")).isEqualTo(2);
        assertThat(Bench.run("--switchovers", "many")).isEqualTo(2);
        assertThat(Bench.run("--minutes", "0", "--only", "endurance")).isEqualTo(2);
    }

    @Test
    void theHelpNamesEveryOption() {
        assertThat(new CommandLine(new Bench()).getUsageMessage()).contains("--json", "--quick", "--only", "--seconds",
                "--switchovers", "--minutes");
    }

    @Test
    void theMachineIsDescribed() {
        assertThat(Machine.describe()).containsKeys("cpu", "cores", "kernel", "jdk", "date");
    }
}
