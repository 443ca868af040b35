/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DampingTest {

    private final Damping damping = new Damping(3, 2);

    private String after(String... found) {
        String counts = "";
        for (String one : found) {
            counts = damping.damped(one);
        }
        return counts;
    }

    @Test
    void oneLostProbeFailsNothing() {
        assertThat(after("lost")).isEmpty();
        assertThat(after("", "lost", "lost")).isEmpty();
        assertThat(after("", "lost", "lost", "")).isEmpty();
    }

    @Test
    void asManyAsFallInARowDoAndTheNewestIsTold() {
        assertThat(after("lost", "lost", "refused")).isEqualTo("refused");
        assertThat(after("lost again")).isEqualTo("lost again");
    }

    @Test
    void asManyAsRiseInARowMakeItWorkAgain() {
        after("lost", "lost", "lost");
        assertThat(after("")).as("not at once").isEqualTo("lost");
        assertThat(after("lost", "")).as("not in a row").isEqualTo("lost");
        assertThat(after("")).isEmpty();
    }

    @Test
    void withOneEachTheLastLookCounts() {
        Damping none = new Damping(1, 1);
        assertThat(none.damped("down")).isEqualTo("down");
        assertThat(none.damped("")).isEmpty();
    }
}
