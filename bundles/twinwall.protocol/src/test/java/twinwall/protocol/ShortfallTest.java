/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static twinwall.protocol.TestGroup.USUAL;
import static twinwall.protocol.TestGroup.inSync;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a firewall that takes over says it never got. */
class ShortfallTest {

    private final TestGroup group = inSync(USUAL);

    @Test
    void nothingIsLostOfATableThatWasAtRest() {
        group.a.table("sessions").set("k1", "v1");
        group.run(300);
        assertThat(told("sessions")).isEqualTo(new Shortfall(0, true));
        assertThat(told("blacklist")).isEqualTo(new Shortfall(0, true));
    }

    @Test
    void whatWasToldAndDidNotComeIsCounted() {
        group.run(300);
        // The slow link lets the watermark through and then one frame of changes after the other.
        group.links.get(0).bytesPerMilli = 100;
        for (int i = 0; i < 500; i++) {
            group.a.table("sessions").set("k" + i, "v".repeat(500));
        }
        group.run(10);
        int lacking = 500 - group.b.table("sessions").content.size();
        assertThat(lacking).as("some are still on their way").isPositive();
        assertThat(told("sessions").lost()).isGreaterThanOrEqualTo(lacking);
        assertThat(told("sessions").exact()).as("more may have changed since").isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 10, 25, 60, 99, 130, 250})
    void itIsNeverLessThanWhatWasLostOnceAWatermarkHasTold(int millis) {
        for (int i = 0; i < millis; i++) {
            for (int j = 0; j <= i % 7; j++) {
                group.a.table("sessions").set("k" + i + "-" + j, "v");
            }
            group.step();
        }
        int lost = group.a.table("sessions").content.size() - group.b.table("sessions").content.size();
        assertThat(told("sessions").lost()).isGreaterThanOrEqualTo(lost);
        assertThat(told("blacklist")).as("the other table was at rest").isEqualTo(new Shortfall(0, true));
    }

    @Test
    void ofATableThatNeverCameTheWholeIsABound() {
        TestGroup starting = new TestGroup(USUAL);
        for (int i = 0; i < 500; i++) {
            starting.a.table("sessions").set("k" + i, "v");
        }
        starting.b.table("sessions").paused = true;
        starting.run(200);
        Shortfall told = starting.b.table("sessions").replica.shortfall();
        assertThat(told.lost()).isGreaterThanOrEqualTo(500);
        assertThat(told.exact()).isFalse();
    }

    @Test
    void ofATableThatThePeerDoesNotHaveNothingIsLost() {
        assertThat(group.b.add(TestGroup.spec("napt")).replica.shortfall()).isEqualTo(new Shortfall(0, true));
    }

    @Test
    void aTakeoverTellsItForEveryTable() {
        group.run(300);
        group.kill(group.a);
        group.run(500);
        assertThat(group.b.losses).hasSize(1);
        assertThat(group.b.losses.get(0)).containsOnlyKeys("sessions", "blacklist").containsValue(new Shortfall(0, true));
    }

    private Shortfall told(String type) {
        return group.b.table(type).replica.shortfall();
    }
}
