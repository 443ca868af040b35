/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.ipsec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

import org.junit.jupiter.api.Test;

class NumbersTest {

    @Test
    void noNumberIsTakenThatWasNotPromisedBefore() {
        OutboundNumbers numbers = new OutboundNumbers(true, 10, 100);
        long promised = 0;
        int promises = 0;
        for (int i = 1; i <= 1000; i++) {
            if (numbers.promiseDue()) {
                promised = numbers.promise();
                promises++;
            }
            assertThat(numbers.take()).isEqualTo(i).isLessThanOrEqualTo(promised);
        }
        assertThat(promises).as("one for each interval").isBetween(99, 101);
    }

    @Test
    void withoutAPromiseThereIsNoNumber() {
        OutboundNumbers numbers = new OutboundNumbers(true, 10, 100);
        assertThat(numbers.take()).isEqualTo(-1);
        numbers.promise();
        for (int i = 0; i < 110; i++) {
            assertThat(numbers.take()).isPositive();
        }
        assertThat(numbers.take()).isEqualTo(-1);
    }

    @Test
    void numbersEndAndNeverBeginAnew() {
        OutboundNumbers numbers = new OutboundNumbers(false, 10, 100);
        numbers.heard(0xffffffffL - 3);
        numbers.takeOver();
        assertThat(numbers.promised()).isEqualTo(0xffffffffL);
        List<Long> taken = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            if (numbers.promiseDue()) {
                numbers.promise();
            }
            taken.add(numbers.take());
        }
        assertThat(taken).startsWith(0xfffffffdL, 0xfffffffeL, 0xffffffffL, -1L).endsWith(-1L);
        numbers.takeOver();
        assertThat(numbers.promiseDue()).isFalse();
        assertThat(numbers.take()).isEqualTo(-1);
    }

    /**
     * Promises arrive in order, later by less than the allowance, and the first after a takeover before the next takeover; the firewall
     * that uses the numbers dies at any moment.
     */
    @Test
    void noNumberIsUsedTwiceOverRandomTakeovers() {
        for (int seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            int allowance = 1 + random.nextInt(200);
            int interval = 1 + random.nextInt(50);
            Set<Long> used = new HashSet<>();
            OutboundNumbers active = new OutboundNumbers(true, interval, allowance);
            long arrived = active.promise();
            for (int takeover = 0; takeover < 10; takeover++) {
                List<long[]> underWay = new ArrayList<>();
                int packets = random.nextInt(500);
                for (int i = 0; i < packets; i++) {
                    if (active.promiseDue()) {
                        underWay.add(new long[] {i + random.nextInt(allowance), active.promise()});
                    }
                    assertThat(used.add(active.take())).as("seed " + seed).isTrue();
                    while (!underWay.isEmpty() && underWay.get(0)[0] <= i) {
                        arrived = underWay.remove(0)[1];
                    }
                }
                active = new OutboundNumbers(true, interval, allowance);
                active.heard(arrived);
                active.takeOver();
                arrived = active.promised();
            }
        }
    }

    @Test
    void aSlowTunnelPromisesForEachPacketAndABusyOneSeldom() {
        InboundNumbers slow = new InboundNumbers(64, 0, 1000);
        long now = 0;
        for (int i = 1; i < 100; i++) {
            now += 1_000_000;
            assertThat(slow.promiseDue(i)).isTrue();
            assertThat(slow.promise(i, now)).isEqualTo(i);
            slow.accept(i);
        }
        InboundNumbers busy = new InboundNumbers(64, 0, 1000);
        int promises = 0;
        for (int i = 1; i <= 100_000; i++) {
            now += 10;
            if (busy.promiseDue(i)) {
                promises++;
                assertThat(busy.promise(i, now)).isGreaterThanOrEqualTo(i);
            }
            busy.accept(i);
        }
        assertThat(promises).isBetween(50, 120);
        assertThat(busy.promised()).isLessThan(100_000 + 2001);
        assertThat(busy.settling(now)).as("too early").isTrue();
        assertThat(busy.settling(now + 200_000)).isFalse();
        assertThat(busy.promised()).isEqualTo(100_000);
    }

    /**
     * A promise arrives before as many packets as the margin are accepted after it was made, and the first after a takeover before the
     * next takeover.
     */
    @Test
    void noNumberIsAcceptedTwiceOverRandomTakeovers() {
        for (int seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            int margin = 1 + random.nextInt(100);
            Set<Long> accepted = new HashSet<>();
            List<Long> seen = new ArrayList<>();
            InboundNumbers active = new InboundNumbers(64, margin, 1 + random.nextInt(200));
            active.heard(margin);
            long arrived = margin;
            long sent = 0;
            long now = 0;
            for (int takeover = 0; takeover < 10; takeover++) {
                List<long[]> underWay = new ArrayList<>();
                int packets = random.nextInt(400);
                for (int i = 0; i < packets; i++) {
                    now += random.nextInt(40_000);
                    boolean replayed = !seen.isEmpty() && random.nextInt(3) == 0;
                    long number = replayed ? seen.get(random.nextInt(seen.size())) : ++sent;
                    seen.add(number);
                    if (active.fresh(number)) {
                        if (active.promiseDue(number)) {
                            underWay.add(new long[] {i + random.nextInt(margin), active.promise(number, now)});
                        }
                        active.accept(number);
                        assertThat(accepted.add(number)).as("seed %d number %d", seed, number).isTrue();
                    }
                    while (!underWay.isEmpty() && underWay.get(0)[0] <= i) {
                        arrived = underWay.remove(0)[1];
                    }
                }
                active = new InboundNumbers(64, margin, 1 + random.nextInt(200));
                active.heard(arrived);
                active.takeOver();
                arrived = active.promised();
            }
        }
    }
}
