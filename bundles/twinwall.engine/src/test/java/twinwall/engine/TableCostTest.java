/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import twinwall.group.BackupPrice;
import twinwall.protocol.HandlerOrigin;
import twinwall.protocol.PeerTable;
import twinwall.protocol.TableSpec;
import twinwall.protocol.TableState;

class TableCostTest {

    private static final TableSpec SPEC = new TableSpec("session", 1, new byte[0], false, false,
            HandlerOrigin.UNKNOWN);

    private final TableCost cost = new TableCost();

    private static TableState state(long changes, long bytes, long applied, TableState.OnlyQuick onlyQuick) {
        return new TableState(SPEC, true, 0, 0, 0, 0, true, false, "", true, false, "", changes, bytes, applied, 0, 0, onlyQuick, false,
                "", new PeerTable(PeerTable.Standing.UNKNOWN, -1, HandlerOrigin.UNKNOWN));
    }

    @Test
    void ratesAreOverTheLastSecondsAndSplit() {
        cost.tick(0, state(1000, 50_000, 10, new TableState.OnlyQuick(1000, 500, 500, 25_000)));
        for (int i = 0; i < 10; i++) {
            cost.reporting.add(1000, 1);
            cost.sending.add(4000, 1);
            cost.applying.add(2000, 1);
        }

        BackupPrice price = cost.price(2000, state(3000, 150_000, 210, new TableState.OnlyQuick(3000, 2000, 2100, 105_000)));

        assertThat(price.windowMillis()).isEqualTo(2000);
        assertThat(price.changesPerSecond()).isEqualTo(1000);
        assertThat(price.bytesPerSecond()).isEqualTo(50_000);
        assertThat(price.onlyQuickChangesPerSecond()).isEqualTo(800);
        assertThat(price.onlyQuickBytesPerSecond()).isEqualTo(40_000);
        assertThat(price.appliedPerSecond()).isEqualTo(100);
        assertThat(price.cpuMicrosPerSecond()).as("10 times 64 and 10 times 16 calls").isCloseTo((640 + 640) / 2.0, within(0.01));
        assertThat(price.onlyQuickCpuMicrosPerSecond()).as("by changes and by bytes").isCloseTo((640 * 0.75 + 640 * 0.8) / 2, within(0.01));
        assertThat(price.applyCpuMicrosPerSecond()).isCloseTo(160, within(0.01));
        assertThat(price.cpuErrorPercent()).isBetween(10.0, 40.0);
        assertThat(price.onlyQuickChanges()).isEqualTo(2100);
    }

    @Test
    void whatIsLongAgoDoesNotCount() {
        TableState.OnlyQuick none = new TableState.OnlyQuick(0, 0, 0, 0);
        for (int second = 0; second <= 20; second++) {
            cost.tick(second * 1000L, state(second < 10 ? second * 100L : 1000, 0, 0, none));
        }
        assertThat(cost.price(20_500, state(1000, 0, 0, none)).changesPerSecond()).isZero();
        assertThat(cost.price(20_500, state(1000, 0, 0, none)).cpuErrorPercent()).as("nothing was timed").isEqualTo(-1);
    }

    @Test
    void beforeTheClockHasLookedThereIsNoPrice() {
        assertThat(cost.price(5, state(9, 9, 9, new TableState.OnlyQuick(9, 9, 9, 9)))).isEqualTo(BackupPrice.NONE);
    }
}
