/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;

import org.junit.jupiter.api.Test;

class BoundedTest {

    private final Bounded bounded = new Bounded();

    @Test
    void aResultComesBackAndAnExceptionToo() throws Exception {
        assertThat(bounded.call("one", 10_000, () -> "done")).isEqualTo("done");
        assertThatThrownBy(() -> bounded.call("two", 10_000, () -> {
            throw new IllegalStateException("no");
        })).isInstanceOf(ExecutionException.class).hasRootCauseMessage("no");
    }

    @Test
    void whatDoesNotComeBackIsInterrupted() {
        CountDownLatch interrupted = new CountDownLatch(1);
        assertThatThrownBy(() -> bounded.call("Starting x", 20, () -> {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.countDown();
            }
            return null;
        })).isInstanceOf(Bounded.Hung.class).hasMessage("Starting x did not come back within 20 ms");
        assertThat(interrupted.getCount()).isZero();
    }

    @Test
    void whatIsLeftBehindCannotBecomeMuch() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        Thread[] left = new Thread[Bounded.MOST_LEFT];
        for (int i = 0; i < left.length; i++) {
            int number = i;
            assertThatThrownBy(() -> bounded.call("stubborn", 1, () -> {
                left[number] = Thread.currentThread();
                awaitWhateverHappens(end);
                return null;
            })).isInstanceOf(Bounded.Hung.class);
        }
        assertThatThrownBy(() -> bounded.call("next", 10_000, () -> "done")).isInstanceOf(Bounded.Hung.class)
            .hasMessageContaining("Restart this firewall");
        end.countDown();
        for (Thread thread : left) {
            thread.join();
        }
        assertThat(bounded.call("next", 10_000, () -> "done")).isEqualTo("done");
    }

    private static void awaitWhateverHappens(CountDownLatch end) {
        while (end.getCount() > 0) {
            try {
                end.await();
            } catch (InterruptedException stubborn) {
                continue;
            }
        }
    }
}
