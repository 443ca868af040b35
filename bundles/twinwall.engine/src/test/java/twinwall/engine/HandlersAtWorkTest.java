/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static twinwall.engine.Eventually.eventually;

import java.io.IOException;
import java.time.Instant;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import twinwall.spi.ChangeSink;
import twinwall.spi.Confirmation;
import twinwall.spi.SnapshotSink;
import twinwall.spi.TableHandler;

class HandlersAtWorkTest {

    private final TestFirewall a = new TestFirewall("fw-a", "fw-b");
    private final TestFirewall b = new TestFirewall("fw-b", "fw-a");
    private InMemoryLink link;

    @BeforeEach
    void connect() {
        link = new InMemoryLink(a.member, b.member);
    }

    @AfterEach
    void close() {
        link.close();
        a.close();
        b.close();
    }

    @Test
    void aChangeReachesTheOtherTable() {
        FakeHandler here = new FakeHandler();
        FakeHandler there = new FakeHandler();
        a.handle("t", here);
        b.handle("t", there);
        eventually("in sync", () -> a.inSync("t") && b.inSync("t"));
        here.put("key", "value");
        eventually("the entry is there", () -> "value".equals(there.table.get("key")));
        eventually("it is confirmed", () -> a.state("t").lag() == 0);
    }

    @Test
    void whoAsksIsToldOnceThePeersHandlerHasTakenTheEntry() {
        FakeHandler here = new FakeHandler();
        FakeHandler there = new FakeHandler();
        a.handle("t", here);
        b.handle("t", there);
        eventually("in sync", () -> a.inSync("t") && b.inSync("t"));
        Queue<String> told = new ConcurrentLinkedQueue<>();
        here.changes.putConfirmed(FakeHandler.bytes("key"), FakeHandler.bytes("value"), new byte[0],
                confirmation -> told.add(confirmation + " with " + there.table.get("key") + " on " + Thread.currentThread().getName()));
        eventually("told", () -> !told.isEmpty());
        assertThat(told).singleElement().asString().startsWith("CONFIRMED with value on twinwall-engine-");
    }

    @Test
    void whatOnlyQuickBackupCausesIsCountedApart() {
        FakeHandler here = new FakeHandler();
        FakeHandler there = new FakeHandler();
        a.handle("t", here);
        b.handle("t", there);
        eventually("in sync", () -> a.inSync("t") && b.inSync("t"));
        here.changes.onlyQuick().put(FakeHandler.bytes("half-open"), FakeHandler.bytes("v"), null);
        here.changes.put(FakeHandler.bytes("set-up"), FakeHandler.bytes("v"), null);
        here.changes.onlyQuick().remove(FakeHandler.bytes("half-open"));
        eventually("the removal is there", () -> there.table.containsKey("set-up") && !there.table.containsKey("half-open"));
        assertThat(a.state("t").onlyQuick().reported()).isEqualTo(2);
        assertThat(a.state("t").onlyQuick().changes()).as("sent, or one replaced the other").isBetween(1L, 2L);
        assertThat(a.state("t").onlyQuick().bytes()).isBetween(1L, a.state("t").bytes());
    }

    @Test
    void aListenerThatFailsDoesNotKeepTheOthersFromBeingTold() {
        FakeHandler here = new FakeHandler();
        a.handle("t", here);
        b.handle("t", new FakeHandler());
        eventually("in sync", () -> a.inSync("t") && b.inSync("t"));
        Queue<Confirmation> told = new ConcurrentLinkedQueue<>();
        here.changes.putConfirmed(FakeHandler.bytes("k1"), FakeHandler.bytes("v"), null, confirmation -> {
            throw new IllegalStateException("broken");
        });
        here.changes.putConfirmed(FakeHandler.bytes("k2"), FakeHandler.bytes("v"), null, told::add);
        eventually("the second is told", () -> !told.isEmpty());
        assertThat(told).containsExactly(Confirmation.CONFIRMED);
    }

    @Test
    void whereNoPeerFollowsTheTableWhoAsksIsToldAtOnce() {
        FakeHandler here = new FakeHandler();
        a.handle("t", here);
        eventually("watched", () -> here.changes != null && a.state("t") != null);
        Queue<Confirmation> told = new ConcurrentLinkedQueue<>();
        eventually("connected, and the peer has no handler", () -> {
            told.clear();
            here.changes.putConfirmed(FakeHandler.bytes("k"), FakeHandler.bytes("v"), null, told::add);
            return told.contains(Confirmation.NOT_FOLLOWED);
        });
        assertThat(told).as("told before the call returned, once").hasSize(1);
    }

    @Test
    void aTableThatWasThereBeforeTheLinkIsCopied() {
        FakeHandler here = new FakeHandler();
        for (int i = 0; i < 40_000; i++) {
            here.table.put("key-" + i, "value-" + i);
        }
        FakeHandler there = new FakeHandler();
        a.handle("t", here);
        b.handle("t", there);
        eventually("in sync", () -> a.inSync("t") && b.inSync("t"));
        assertThat(there.table).isEqualTo(here.table);
    }

    @Test
    void aHandlerThatFailsTakesOnlyItsOwnTableOutOfSyncAndIsTriedAgain() {
        AtomicInteger failures = new AtomicInteger(1);
        FakeHandler failing = new FakeHandler() {
            @Override
            void restored(String key, String value) throws IOException {
                if (failures.getAndDecrement() > 0) {
                    throw new IOException("the table is full");
                }
                super.restored(key, value);
            }
        };
        FakeHandler here = new FakeHandler();
        FakeHandler otherHere = new FakeHandler();
        FakeHandler otherThere = new FakeHandler();
        a.handle("t", here);
        a.handle("other", otherHere);
        b.handle("t", failing);
        b.handle("other", otherThere);
        eventually("in sync", () -> a.inSync("t") && b.inSync("t") && b.inSync("other"));
        here.put("key", "value");
        eventually("the failure shows", () -> failures.get() <= 0 && !b.inSync("t"));
        otherHere.put("key", "value");
        eventually("the other table goes on", () -> "value".equals(otherThere.table.get("key")));
        eventually("the failing one recovers", () -> b.inSync("t") && "value".equals(failing.table.get("key")));
    }

    @Test
    void aHandlerThatHangsIsFencedAndReplaced() throws InterruptedException {
        CountDownLatch hang = new CountDownLatch(1);
        FakeHandler hanging = new FakeHandler() {
            @Override
            void restored(String key, String value) throws IOException {
                try {
                    hang.await();
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
            }
        };
        FakeHandler here = new FakeHandler();
        a.handle("t", here);
        b.handle("t", hanging);
        eventually("in sync", () -> a.inSync("t") && b.inSync("t"));
        b.handlerDeadlineMillis = 200;
        here.put("key", "value");
        eventually("fenced", () -> b.state("t").restoreFailure().contains("does not come back"));
        b.handlerDeadlineMillis = TestFirewall.PATIENT_MILLIS;
        FakeHandler replacement = new FakeHandler();
        b.handle("t", replacement, 10);
        eventually("the replacement has everything", () -> b.inSync("t") && "value".equals(replacement.table.get("key")));
        hang.countDown();
    }

    @Test
    void aHandlerThatGoesWhileItIsBeingStartedIsClosed() {
        BackedUpTable backedUp = a.handle("t", new FakeHandler());
        FakeReference<TableHandler> reference = new FakeReference<>(10);
        FakeHandler fleeting = new FakeHandler() {
            @Override
            public AutoCloseable watch(ChangeSink sink) {
                backedUp.remove(reference);
                return super.watch(sink);
            }
        };
        backedUp.add(reference, new HandlerInfo(fleeting, "t", 1, false, false, "test.fleeting", "1.0", Instant.EPOCH));
        eventually("it is closed", () -> fleeting.closed);
        eventually("the one before is back", () -> backedUp.handler() != null && backedUp.handler().bundle().equals("test.t"));
    }

    @Test
    void aSnapshotThatFailsIsWrittenAgain() {
        AtomicInteger failures = new AtomicInteger(1);
        FakeHandler here = new FakeHandler() {
            @Override
            public void snapshot(SnapshotSink out) throws IOException {
                if (failures.getAndDecrement() > 0) {
                    throw new IOException("the firewall is busy");
                }
                super.snapshot(out);
            }
        };
        here.table.put("key", "value");
        FakeHandler there = new FakeHandler();
        a.handle("t", here);
        b.handle("t", there);
        eventually("in sync after all", () -> a.inSync("t") && b.inSync("t") && "value".equals(there.table.get("key")));
        assertThat(failures.get()).isNegative();
    }

    @Test
    void theHandlerWithTheHigherRankingWorksAndTheOtherTakesItsPlace() {
        FakeHandler low = new FakeHandler();
        FakeHandler high = new FakeHandler();
        BackedUpTable table = a.handle("t", low, 1);
        eventually("the low one works", () -> table.handler() != null && table.handler().handler() == low);
        FakeReference<TableHandler> reference = new FakeReference<>(5);
        table.add(reference, new HandlerInfo(high, "t", 1, false, false, "test.high", "2", Instant.EPOCH));
        eventually("the high one works", () -> table.handler() != null && table.handler().handler() == high && low.closed);
        table.remove(reference);
        eventually("the low one again", () -> table.handler() != null && table.handler().handler() == low && high.closed);
    }

    @Test
    void aHandlerThatReportsWhatItRestoresIsNotHeardByThePeer() {
        FakeHandler here = new FakeHandler();
        FakeHandler echoing = new FakeHandler() {
            @Override
            void restored(String key, String value) {
                put(key, value);
            }
        };
        a.handle("t", here);
        b.handle("t", echoing);
        eventually("in sync", () -> a.inSync("t") && b.inSync("t"));
        here.put("key", "value");
        eventually("the entry is there", () -> "value".equals(echoing.table.get("key")));
        eventually("confirmed", () -> a.state("t").lag() == 0);
        assertThat(b.state("t").changes()).isZero();
        assertThat(b.state("t").lag()).isZero();
    }

    @Test
    void aTableWhoseHandlerIsOnlyHereSaysSo() {
        a.handle("t", new FakeHandler());
        eventually("named", () -> a.state("t") != null && a.state("t").detail().contains("the peer has no handler for it"));
    }
}
