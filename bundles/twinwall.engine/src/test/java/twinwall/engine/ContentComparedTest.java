/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static twinwall.engine.Eventually.eventually;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import twinwall.group.CheckReport;
import twinwall.protocol.ComparisonState;
import twinwall.spi.SnapshotSink;

class ContentComparedTest {

    private final TestFirewall a = new TestFirewall("fw-a", "fw-b");
    private final TestFirewall b = new TestFirewall("fw-b", "fw-a");
    private final FakeHandler here = new FakeHandler();
    private final FakeHandler there = new FakeHandler();
    private final InMemoryLink link = new InMemoryLink(a.member, b.member);

    @AfterEach
    void close() {
        link.close();
        a.close();
        b.close();
    }

    private void begin(FakeHandler standby, long intervalMillis) {
        for (int i = 0; i < 20_000; i++) {
            here.table.put("key-" + i, "value-" + i);
        }
        a.handle("t", here);
        b.handle("t", standby);
        eventually("in sync", () -> a.inSync("t") && b.inSync("t"));
        a.comparison("t").every(intervalMillis);
        b.comparison("t").every(intervalMillis);
    }

    @Test
    void whatChangesInTheTableBehindTheEnginesBackIsRepaired() {
        begin(there, 100);
        eventually("compared and equal", () -> a.comparison("t").state().drift() == 0 && b.comparison("t").state().drift() == 0);
        there.table.put("key-17", "flipped");
        there.table.remove("key-18");
        there.table.put("key-extra", "value");
        here.table.put("key-19", "flipped here");
        eventually("equal again, as the active had it", () -> there.table.equals(here.table));
        assertThat(there.table).containsEntry("key-17", "value-17").containsEntry("key-18", "value-18").containsEntry("key-19",
                "flipped here").doesNotContainKey("key-extra");
        eventually("both say so", () -> a.comparison("t").state().drift() == 0 && b.comparison("t").state().drift() == 0);
        assertThat(b.comparison("t").state()).extracting(ComparisonState::repaired, ComparisonState::futile).containsExactly(4L, 0L);
    }

    @Test
    void aCheckTellsWhatDifferedOnWhicheverFirewallItIsAsked() throws Exception {
        begin(there, 0);
        there.table.remove("key-5");
        CheckReport onStandby = check(b);
        CheckReport onActive = check(a);

        assertThat(onStandby.done()).as(onStandby.message()).isTrue();
        assertThat(onStandby.tables()).singleElement().satisfies(table -> {
            assertThat(table.compared()).isEqualTo(20_000);
            assertThat(List.of(table.differing(), table.repaired(), table.drift())).containsExactly(1L, 1L, 0L);
        });
        assertThat(onActive.tables()).singleElement().satisfies(table -> assertThat(table.differing()).isZero());
        assertThat(there.table).isEqualTo(here.table);
    }

    @Test
    void anEntryThatTheStandbyRefusesIsNamedAsDrift() throws Exception {
        FakeHandler refusing = new FakeHandler() {
            @Override
            void restored(String key, String value) throws IOException {
                if (!key.equals("key-7")) {
                    super.restored(key, value);
                }
            }
        };
        begin(refusing, 0);
        CheckReport report = check(a);

        assertThat(report.done()).isFalse();
        assertThat(report.tables()).singleElement().satisfies(table -> {
            assertThat(List.of(table.differing(), table.repaired(), table.drift())).containsExactly(1L, 0L, 1L);
            assertThat(table.detail()).contains("refused");
        });
    }

    @Test
    void aHandlerThatFailsWhileItIsComparedIsTriedAgainAndStaysInSync() {
        FakeHandler failing = new FakeHandler() {
            private int walks;

            @Override
            public void snapshot(SnapshotSink out) throws IOException {
                if (!out.softWanted() && ++walks < 3) {
                    throw new IOException("the firewall is busy");
                }
                super.snapshot(out);
            }
        };
        begin(failing, 50);
        eventually("compared after all", () -> a.comparison("t").state().drift() == 0);
        assertThat(a.inSync("t") && b.inSync("t")).isTrue();
    }

    private static CheckReport check(TestFirewall firewall) throws Exception {
        Checks checks = new Checks(firewall.member, firewall.tables());
        CompletableFuture<CheckReport> report = checks.check(Threads.now()).toCompletableFuture();
        firewall.threads.every(10, () -> checks.tick(Threads.now()));
        return report.get(30, TimeUnit.SECONDS);
    }
}
