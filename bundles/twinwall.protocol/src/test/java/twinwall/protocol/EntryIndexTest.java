/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** The index against a map, and where open addressing goes wrong when it does. */
class EntryIndexTest {

    private final EntryIndex index = new EntryIndex();

    @RepeatedTest(50)
    void holdsWhatAMapHolds(RepetitionInfo repetition) {
        long seed = repetition.getCurrentRepetition();
        Random random = new Random(seed);
        // Few segments and few homes make long runs of neighbours; zero is the hash that marks an empty slot.
        long[] hashes = new long[1 + random.nextInt(200)];
        for (int i = 0; i < hashes.length; i++) {
            hashes[i] = i == 0 ? 0 : (long) random.nextInt(3) << 56 | (long) i << 20 | random.nextInt(16);
        }
        Map<Long, Long> model = new HashMap<>();
        for (int step = 0; step < 4000; step++) {
            long hash = hashes[random.nextInt(hashes.length)];
            if (random.nextInt(3) > 0) {
                long cell = Cell.of(Cell.stamp(1 + step, random.nextInt(2)), random.nextInt(4) == 0, random.nextInt(32));
                index.put(hash, cell);
                model.put(hash, cell);
            } else {
                index.remove(hash);
                model.remove(hash);
            }
            if (step % 50 == 0) {
                compare(model, hashes, "seed " + seed + " step " + step);
            }
        }
        compare(model, hashes, "seed " + seed);
    }

    private void compare(Map<Long, Long> model, long[] hashes, String where) {
        for (long hash : hashes) {
            assertThat(index.get(hash)).as(where).isEqualTo(model.getOrDefault(hash, Cell.NONE));
        }
        long removed = model.values().stream().filter(Cell::removed).count();
        assertThat(index.removed()).as(where).isEqualTo((int) removed);
        assertThat(index.live()).as(where).isEqualTo(model.size() - (int) removed);
    }

    @Test
    void aRemovedNeighbourDoesNotHideThoseBehindIt() {
        // All of one home, so that each stands behind the one before.
        for (int i = 1; i <= 3; i++) {
            index.put((long) i << 32, live(i));
        }
        index.remove(1L << 32);
        assertThat(index.get(1L << 32)).isEqualTo(Cell.NONE);
        assertThat(index.get(2L << 32)).isEqualTo(live(2));
        assertThat(index.get(3L << 32)).isEqualTo(live(3));
    }

    @Test
    void anEntryWhoseHomeComesAfterTheHoleStaysWhereItIs() {
        index.put(1L << 32 | 2, live(1));
        index.put(1L << 32 | 3, live(2));
        index.remove(1L << 32 | 2);
        assertThat(index.get(1L << 32 | 3)).isEqualTo(live(2));
    }

    @Test
    void aRunOfNeighboursMayGoRoundTheEnd() {
        for (int i = 1; i <= 3; i++) {
            index.put((long) i << 32 | 3, live(i));
        }
        index.remove(1L << 32 | 3);
        assertThat(index.get(2L << 32 | 3)).isEqualTo(live(2));
        assertThat(index.get(3L << 32 | 3)).isEqualTo(live(3));
    }

    @Test
    void growsWithoutForgetting() {
        Random random = new Random(7);
        long[] hashes = random.longs(50_000).toArray();
        for (int i = 0; i < hashes.length; i++) {
            index.put(hashes[i], live(i + 1));
        }
        assertThat(index.live()).isEqualTo(50_000);
        for (int i = 0; i < hashes.length; i++) {
            assertThat(index.get(hashes[i])).isEqualTo(live(i + 1));
        }
    }

    @RepeatedTest(20)
    void aVisitMayTakeOutAndReplaceWhatItSees(RepetitionInfo repetition) {
        long seed = repetition.getCurrentRepetition();
        Random random = new Random(seed);
        Map<Long, Long> model = new HashMap<>();
        for (int i = 1; i <= 500; i++) {
            long hash = (long) random.nextInt(2) << 56 | (long) i << 20 | random.nextInt(8);
            index.put(hash, live(i));
            model.put(hash, live(i));
        }
        index.visit(EntryIndexTest::everyThirdGoesEveryFourthIsRemoved);
        model.replaceAll((hash, cell) -> everyThirdGoesEveryFourthIsRemoved(cell));
        model.values().removeIf(cell -> cell == Cell.NONE);
        compare(model, model.keySet().stream().mapToLong(Long::longValue).toArray(), "seed " + seed);
        Map<Long, Integer> seen = new HashMap<>();
        index.visit(cell -> {
            seen.merge(cell, 1, Integer::sum);
            return cell;
        });
        assertThat(seen.keySet()).as("seed " + seed).containsExactlyInAnyOrderElementsOf(model.values());
        assertThat(seen.values()).as("seed " + seed).containsOnly(1);
    }

    /** Gives the same for its own answer, because a run that goes round the end may be seen twice. */
    private static long everyThirdGoesEveryFourthIsRemoved(long cell) {
        long clock = Cell.clock(Cell.stampOf(cell));
        return clock % 3 == 0 ? Cell.NONE : clock % 4 == 0 ? Cell.of(Cell.stampOf(cell), true, 0) : cell;
    }

    @Test
    void removingWhatIsNotThereChangesNothing() {
        index.remove(5);
        index.put(1L << 32, live(1));
        index.remove(2L << 32);
        assertThat(index.live()).isEqualTo(1);
        assertThat(index.get(1L << 32)).isEqualTo(live(1));
    }

    private static long live(int clock) {
        return Cell.of(Cell.stamp(clock, 0), false, 0);
    }
}
