/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static twinwall.engine.Eventually.eventually;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import twinwall.engine.HandlerFigures.Figures;

class HandlerFiguresTest {

    private final Threads threads = new Threads();

    @AfterEach
    void stop() {
        threads.close();
    }

    private HandlerFigures of(FakeHandler handler) {
        return new HandlerFigures(new HandlerInfo(handler, "t", 1, false, false, "test.t", "1.0", Instant.EPOCH), threads);
    }

    @Test
    void aHandlerSaysHowManyEntriesThereAreAndWhichItRefused() {
        assertThat(of(new FakeHandler() {
            @Override
            public long size() {
                return 5;
            }

            @Override
            public Map<String, Long> refused() {
                return Map.of("unknown-pool", 2L);
            }
        }).now()).isEqualTo(new Figures(5, Map.of("unknown-pool", 2L)));
        assertThat(of(new FakeHandler()).now()).as("one that does not say").isEqualTo(Figures.UNKNOWN);
    }

    @Test
    void aHandlerThatHangsCostsTheStatusOneWait() {
        CountDownLatch go = new CountDownLatch(1);
        HandlerFigures figures = of(new FakeHandler() {
            @Override
            public long size() {
                try {
                    go.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                return 5;
            }
        });
        for (int i = 0; i < 1000; i++) {
            assertThat(figures.now()).isEqualTo(Figures.UNKNOWN);
        }
        go.countDown();
        eventually("it answers again", () -> figures.now().size() == 5);
    }

    @Test
    void whatAHandlerThrowsOrInventsDoesNotReachTheStatus() {
        assertThat(of(new FakeHandler() {
            @Override
            public long size() {
                throw new NoClassDefFoundError("gone");
            }
        }).now()).isEqualTo(Figures.UNKNOWN);
        Map<String, Long> many = new HashMap<>();
        for (long i = 0; i < 1000; i++) {
            many.put("reason-" + i, i);
            many.put("\"} no name " + i, i);
        }
        assertThat(of(new FakeHandler() {
            @Override
            public Map<String, Long> refused() {
                return many;
            }
        }).now().refused()).hasSize(32).allSatisfy((reason, count) -> assertThat(reason).matches("reason-[0-9]+"));
    }
}
