/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class DemoOptionsTest {

    @Test
    void optionsThatWouldHaveNoEffectAreRefused() {
        for (List<String> options : List.of(List.of("--without", "napt"), List.of("--tables", "--capture", "x.pcap"),
                List.of("--tables", "--fail-at", "3"), List.of("--tables", "--no-nat"), List.of("--tables", "--quick-backup"),
                List.of("--asymmetric", "--capture", "x.pcap"),
                List.of("--asymmetric", "--tables"), List.of("--connections", "3"),
                List.of("--path-delay-us", "3"), List.of("--asymmetric", "--path-delay-us", "5,5"),
                List.of("--asymmetric", "--path-delay-us", "-1"), List.of("--asymmetric", "--connections", "0"),
                List.of("--bogus"), List.of("--fail-at", "101%"))) {
            assertThat(Demo.run(options.toArray(String[]::new))).as(options.toString()).isEqualTo(Demo.BAD_INPUT);
        }
    }

    @Test
    void theHelpShowsPercentSignsAsTheyAreWritten() {
        assertThat(new CommandLine(new Demo()).getUsageMessage()).contains("--fail-at=N|N%").doesNotContain("%%");
    }
}
