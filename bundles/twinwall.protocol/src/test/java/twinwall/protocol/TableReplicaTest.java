/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TableReplicaTest {

    @Test
    void anEntryChangedTenTimesWhileThePeerIsSlowIsSentOnce() {
        Duo duo = synced(false, 0);
        long before = duo.a.replica.state().changes();
        for (int i = 1; i <= 10; i++) {
            duo.a.change("k", "v" + i);
        }
        duo.settle();
        assertThat(duo.b.content).containsEntry("k", "v10");
        assertThat(duo.a.replica.state().changes() - before).isEqualTo(1);
    }

    @Test
    void lagIsTheNumberOfEntriesThatThePeerHasNotConfirmed() {
        Duo duo = synced(false, 0);
        duo.a.change("k1", "v");
        duo.a.change("k2", "v");
        duo.a.change("k2", "w");
        assertThat(duo.a.replica.state().lag()).isEqualTo(2);
        duo.a.deliverTo(duo.b, 10);
        duo.b.deliverTo(duo.a, 10);
        assertThat(duo.a.replica.state().lag()).as("received is not applied").isEqualTo(2);
        duo.settle();
        assertThat(duo.a.replica.state().lag()).isZero();
        assertThat(duo.a.replica.state().atRisk()).isZero();
    }

    @Test
    void everythingIsAtRiskUntilThePeerHasTheTable() {
        Duo duo = new Duo(false, 0);
        duo.a.change("k1", "v");
        duo.a.change("k2", "v");
        assertThat(duo.a.replica.state().atRisk()).isEqualTo(2);
        duo.settle();
        assertThat(duo.a.replica.state().atRisk()).isZero();
        assertThat(duo.a.replica.state().delivered()).isTrue();
        assertThat(duo.b.replica.state().complete()).isTrue();
    }

    @Test
    void changesAreGatheredForAnIntervalAndUrgentOnesAreNot() {
        Duo gathering = synced(false, 80);
        gathering.pass(100);
        gathering.a.change("k", "v");
        gathering.settle();
        gathering.a.change("k", "w");
        gathering.settle();
        assertThat(gathering.b.content).doesNotContainEntry("k", "w");
        gathering.pass(100);
        assertThat(gathering.b.content).containsEntry("k", "w");

        Duo urgent = synced(true, 80);
        urgent.a.change("k", "v");
        urgent.settle();
        urgent.a.change("k", "w");
        urgent.settle();
        assertThat(urgent.b.content).containsEntry("k", "w");
    }

    @Test
    void aSnapshotRemovesWhatTheOtherSideHasNoLonger() {
        Duo duo = synced(false, 0);
        duo.a.change("k1", "v");
        duo.a.change("k2", "v");
        duo.settle();
        duo.a.replica.handlerGone();
        duo.settle();
        duo.a.content.remove("k1");
        duo.a.replica.handlerHere(new TableSpec("table", 1, Duo.bytes("layout"), false, false));
        duo.settle();
        assertThat(duo.a.content).containsOnlyKeys("k2");
        assertThat(duo.b.content).containsOnlyKeys("k2");
    }

    @Test
    void theShortfallIsExactWhenThePeerCouldSayWhatItHad() {
        Duo duo = synced(false, 0);
        duo.pass(500);
        assertThat(duo.b.replica.shortfall()).isEqualTo(new Shortfall(0, true));
        duo.a.change("k1", "v");
        duo.a.change("k2", "v");
        duo.a.member.tick(duo.now);
        duo.b.receive(duo.a.next());
        assertThat(duo.b.replica.shortfall().lost()).isGreaterThanOrEqualTo(2);
        duo.settle();
        assertThat(duo.b.replica.shortfall().exact()).as("after changes more may have come since").isFalse();
        duo.pass(500);
        assertThat(duo.b.replica.shortfall()).isEqualTo(new Shortfall(0, true));
    }

    @Test
    void theShortfallOfATableThatNeverCameIsAnUpperBound() {
        Duo duo = new Duo(false, 0);
        for (int i = 0; i < 5; i++) {
            duo.a.change("k" + i, "v");
        }
        for (int i = 0; i < 3; i++) {
            duo.a.deliverTo(duo.b, 100);
            duo.b.deliverTo(duo.a, 100);
        }
        Shortfall shortfall = duo.b.replica.shortfall();
        assertThat(shortfall.lost()).isGreaterThanOrEqualTo(5);
        assertThat(shortfall.exact()).isFalse();
    }

    @Test
    void anEntryOverALimitIsRefusedBeforeItIsNoted() {
        Duo duo = new Duo(false, 0);
        assertThatThrownBy(() -> duo.a.replica.put(new byte[0], new byte[1], Entry.NOTHING)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> duo.a.replica.put(new byte[1], new byte[Limits.VALUE + 1], Entry.NOTHING))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("16384");
        assertThat(duo.a.replica.state().entries()).isZero();
    }

    @Test
    void theLargestEntryFitsAFrame() {
        Duo duo = synced(false, 0);
        duo.a.change("k".repeat(Limits.KEY), "v".repeat(Limits.VALUE));
        duo.settle();
        assertThat(duo.b.content).isEqualTo(duo.a.content);
    }

    private static Duo synced(boolean urgent, long gatherMillis) {
        Duo duo = new Duo(urgent, gatherMillis);
        duo.settle();
        assertThat(duo.b.replica.state().complete()).isTrue();
        return duo;
    }
}
