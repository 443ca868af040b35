/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static twinwall.engine.Eventually.eventually;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.osgi.framework.ServiceReference;
import twinwall.group.GroupStatus.MonitoredItemStatus;
import twinwall.group.MonitoredItem;

class MonitoredItemsTest {

    private final Threads threads = new Threads();
    private volatile List<String> failed = List.of("nothing told yet");
    private final AtomicInteger told = new AtomicInteger();
    private final MonitoredItems items = new MonitoredItems(threads, 1, failures -> {
        told.incrementAndGet();
        failed = failures;
    });

    @AfterEach
    void end() {
        threads.close();
    }

    private static final class Item implements MonitoredItem {

        private final String name;
        private final AtomicInteger looks = new AtomicInteger();
        private volatile String failure = "";
        private volatile RuntimeException thrown;
        private volatile CountDownLatch hang;
        private volatile boolean interrupted;

        Item(String name) {
            this.name = name;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public String failure() {
            looks.incrementAndGet();
            CountDownLatch wait = hang;
            if (wait != null) {
                try {
                    wait.await();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            if (thrown != null) {
                throw thrown;
            }
            return failure;
        }
    }

    private ServiceReference<MonitoredItem> add(Item item) {
        ServiceReference<MonitoredItem> reference = new FakeReference<>(0);
        items.add(reference, item);
        return reference;
    }

    private MonitoredItemStatus only() {
        return items.status().isEmpty() ? null : items.status().get(0);
    }

    @Test
    void nobodyIsToldWhileEverythingWorks() {
        Item item = new Item("interface eth1");
        add(item);
        eventually("it is looked at again and again", () -> item.looks.get() > 3);
        items.tick(Threads.now());
        assertThat(told).hasValue(0);
        assertThat(only().works()).isTrue();
        assertThat(only().failure()).isEmpty();
    }

    @Test
    void aFailureIsToldOnceAndItsEndToo() {
        Item item = new Item("interface eth1");
        item.failure = "no\ncarrier";
        add(item);
        eventually("it failed", () -> only() != null);
        items.tick(Threads.now());
        items.tick(Threads.now());
        assertThat(failed).containsExactly("interface eth1: no carrier");
        assertThat(told).hasValue(1);

        item.failure = "";
        eventually("it works", () -> only().works());
        items.tick(Threads.now());
        assertThat(failed).isEmpty();
        assertThat(told).hasValue(2);
    }

    @Test
    void theTextOfAFailureMayChangeAndItsBeginningStays() {
        Item item = new Item("router");
        item.failure = "no answer";
        add(item);
        eventually("it failed", () -> only() != null);
        MonitoredItemStatus first = only();
        item.failure = "refused";
        eventually("the text is the newest", () -> only().failure().equals("refused"));
        assertThat(only().since()).isEqualTo(first.since());
    }

    @Test
    void anItemThatThrowsHasFailedAndIsAskedAgain() {
        Item item = new Item("router");
        item.thrown = new IllegalStateException("no socket");
        add(item);
        eventually("it is asked again", () -> item.looks.get() > 2);
        items.tick(Threads.now());
        assertThat(failed).containsExactly("router: it cannot be looked at: java.lang.IllegalStateException: no socket");
    }

    @Test
    void anItemThatHangsHasFailedAndHoldsUpNoOther() {
        Item hanging = new Item("script");
        hanging.hang = new CountDownLatch(1);
        Item other = new Item("router");
        add(hanging);
        add(other);
        eventually("the other is looked at", () -> hanging.looks.get() == 1 && other.looks.get() > 3);

        items.tick(Threads.now() + ItemWatch.DEADLINE_MILLIS + 1000);
        // Its own name is known: it hangs after it was asked for that. The other may have been in the middle of a look.
        eventually("the one that hangs has failed, the other works", () -> {
            items.tick(Threads.now());
            return failed.equals(List.of("script: no answer within 5000 ms"));
        });
        assertThat(hanging.looks).as("not asked a second time while it hangs").hasValue(1);

        hanging.hang.countDown();
        hanging.hang = null;
        eventually("asked again once it has returned", () -> items.status().stream().allMatch(MonitoredItemStatus::works));
        items.tick(Threads.now());
        assertThat(failed).isEmpty();
    }

    @Test
    void theLateAnswerItselfDoesNotCount() throws Exception {
        Item item = new Item("script");
        CountDownLatch hang = new CountDownLatch(1);
        item.hang = hang;
        ItemWatch watch = new ItemWatch(item);
        Thread look = new Thread(watch::look);
        look.start();
        eventually("it hangs", () -> item.looks.get() == 1);
        watch.checkDeadline(Threads.now() + ItemWatch.DEADLINE_MILLIS + 1000);
        hang.countDown();
        look.join();
        assertThat(watch.status().works()).isFalse();
        item.hang = null;
        assertThat(watch.look()).isTrue();
        assertThat(watch.status().works()).isTrue();
    }

    @Test
    void anItemThatGoesAwayHasNoVoteAndIsInterrupted() {
        Item item = new Item("script");
        item.failure = "no";
        ServiceReference<MonitoredItem> reference = add(item);
        eventually("it failed", () -> only() != null);
        items.tick(Threads.now());
        item.hang = new CountDownLatch(1);
        int looks = item.looks.get();
        eventually("it hangs", () -> item.looks.get() > looks);

        items.remove(reference);
        items.tick(Threads.now());
        assertThat(failed).isEmpty();
        assertThat(items.status()).isEmpty();
        eventually("its thread is free", () -> item.interrupted);
    }

    @Test
    void twoItemsOfOneNameCanBeToldApartAndBothVote() {
        Item one = new Item("router");
        Item two = new Item("router");
        one.failure = "one";
        two.failure = "two";
        add(one);
        add(two);
        eventually("both were looked at", () -> items.status().size() == 2);
        items.tick(Threads.now());
        assertThat(failed).hasSize(2);
        assertThat(items.status()).extracting(MonitoredItemStatus::name).containsExactly("router", "router (2)");
    }

    @Test
    void aNameOrTextThatIsTooLongIsCut() {
        Item item = new Item("x".repeat(100));
        item.failure = "y".repeat(1000);
        add(item);
        eventually("it was looked at", () -> only() != null);
        assertThat(only().name()).hasSize(64).endsWith("...");
        assertThat(only().failure()).hasSize(200);
    }
}
