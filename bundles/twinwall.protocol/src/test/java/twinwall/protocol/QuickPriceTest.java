/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;

import org.junit.jupiter.api.Test;

class QuickPriceTest {

    private static final long GATHER_MILLIS = 100;
    private static final int ENTRY = 30;
    private static final int HEAD = 20;

    private final QuickPrice price = new QuickPrice();

    private void sent(long entry, long now) {
        price.frame(HEAD);
        price.sent(entry, false, ENTRY, now, GATHER_MILLIS);
    }

    @Test
    void whatIsNotDueWithoutQuickBackupIsItsPrice() {
        price.sent(7, true, ENTRY, 1000, GATHER_MILLIS);
        price.sent(7, true, ENTRY, 5000, GATHER_MILLIS);
        assertThat(price.changes()).isEqualTo(2);
        assertThat(price.bytes()).isEqualTo(2 * ENTRY);
    }

    @Test
    void aChangeThatWouldHaveBeenReplacedWhileItWaitedIsItsPrice() {
        sent(1, 1000);
        sent(2, 1010);
        sent(2, 1020);
        sent(2, 1030);
        assertThat(price.changes()).as("the first goes at once, then one of three").isEqualTo(2);
        sent(2, 1100);
        assertThat(price.changes()).as("after the interval it goes again").isEqualTo(2);
    }

    @Test
    void fullBatchesDoNotWaitForTheInterval() {
        sent(1, 1000);
        for (int i = 0; i < TableFrames.FULL_BATCH; i++) {
            sent(100 + i, 1001);
        }
        sent(100, 1002);
        assertThat(price.changes()).isZero();
        sent(100, 1003);
        assertThat(price.changes()).isEqualTo(1);
    }

    @Test
    void framesThatGatheringWouldHaveSavedAreItsPrice() {
        sent(1, 1000);
        for (int i = 2; i <= 4; i++) {
            sent(i, 1000 + i);
        }
        sent(9, 1200);
        assertThat(price.changes()).isZero();
        assertThat(price.bytes()).as("five frames, two were needed until the three that wait went, one for these").isEqualTo(2 * HEAD);
    }

    @Test
    void withoutGatheringNothingIsSaved() {
        for (int i = 0; i < 50; i++) {
            price.frame(HEAD);
            price.sent(1, false, ENTRY, 1000 + i / 10, 0);
        }
        assertThat(price.changes()).isZero();
        assertThat(price.bytes()).isZero();
    }

    /** Beside a plain model: a map of what waits, flushed as {@link TableFrames#lane} does. */
    @Test
    void itCountsAsGatheringDoes() {
        Random random = new Random(5);
        Map<Long, Boolean> waiting = new HashMap<>();
        long flushed = Long.MIN_VALUE / 2;
        long wouldBeSent = 0;
        long now = 1000;
        int sent = 20_000;
        for (int i = 0; i < sent; i++) {
            now += random.nextInt(100) == 0 ? random.nextInt(300) : random.nextInt(2);
            long entry = 1 + random.nextInt(300);
            if (!waiting.isEmpty() && now - flushed >= GATHER_MILLIS) {
                wouldBeSent += waiting.size();
                waiting.clear();
                flushed += GATHER_MILLIS;
            }
            waiting.put(entry, true);
            if (now - flushed >= GATHER_MILLIS) {
                wouldBeSent += waiting.size();
                waiting.clear();
                flushed = now;
            }
            sent(entry, now);
        }
        assertThat(price.changes()).isEqualTo(sent - wouldBeSent - waiting.size());
        assertThat(price.changes()).isBetween(1000L, sent - 1000L);
    }
}
