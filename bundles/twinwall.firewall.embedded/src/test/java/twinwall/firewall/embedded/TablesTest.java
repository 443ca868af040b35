/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static twinwall.firewall.embedded.TestFirewall.SERVER;
import static twinwall.firewall.embedded.TestFirewall.entries;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import twinwall.firewall.Ipv4Session;
import twinwall.firewall.TableWatcher;

@Timeout(60)
class TablesTest {

    private final TestFirewall firewall = new TestFirewall("napt_pool", "203.0.113.0/30");

    private void open(int from, int to) {
        for (int i = from; i < to; i++) {
            firewall.inside(Frames.udp("10.0." + (i >> 8) + "." + (i & 255), 5000, SERVER, 53, 1));
        }
    }

    @Test
    void aVisitShowsEveryEntryOnceWhileOthersComeAndGo() throws IOException {
        open(0, 5000);
        Set<Ipv4Session> stay = entries(firewall.firewall.ipv4Sessions()).stream()
                .filter(entry -> entry.source().bits() % 2 == 0).collect(Collectors.toSet());
        List<Ipv4Session> go = new ArrayList<>(entries(firewall.firewall.ipv4Sessions()));
        go.removeAll(stay);
        List<Ipv4Session> seen = new ArrayList<>();
        AtomicInteger next = new AtomicInteger(5000);
        firewall.firewall.ipv4Sessions().visit(entry -> {
            seen.add(entry);
            if (!go.isEmpty()) {
                firewall.firewall.ipv4Sessions().forget(go.remove(go.size() - 1));
                open(next.get(), next.incrementAndGet());
            }
        });
        seen.retainAll(stay);
        assertThat(seen).doesNotHaveDuplicates().hasSize(stay.size());
    }

    @Test
    void anExceptionEndsTheVisitAndIsPassedOn() {
        open(0, 10);
        IOException stop = new IOException("stop");
        List<Ipv4Session> seen = new ArrayList<>();
        try {
            firewall.firewall.ipv4Sessions().visit(entry -> {
                seen.add(entry);
                throw stop;
            });
        } catch (IOException e) {
            assertThat(e).isSameAs(stop);
        }
        assertThat(seen).hasSize(1);
    }

    @Test
    void aClosedWatcherHearsNothing() throws Exception {
        List<Ipv4Session> heard = new ArrayList<>();
        AutoCloseable watching = firewall.firewall.ipv4Sessions().watch(new TableWatcher<Ipv4Session>() {
            @Override
            public void changed(Ipv4Session entry) {
                heard.add(entry);
            }

            @Override
            public void removed(Ipv4Session last) {
                heard.add(last);
            }
        });
        open(0, 1);
        watching.close();
        open(1, 2);
        assertThat(heard).hasSize(1);
    }

    @Test
    void softFactsAloneAreNoChange() {
        open(0, 1);
        open(0, 1);
        firewall.news();
        open(0, 1);
        assertThat(firewall.news()).isEmpty();
        assertThat(entries(firewall.firewall.ipv4Sessions()).get(0).forwardPackets()).isEqualTo(3);
    }

    @Test
    void packetsVisitsAndRestoresRunSideBySide() throws Exception {
        TestFirewall quiet = new TestFirewall("napt_pool", "203.0.113.0/30", "clock", "packets");
        open(0, 2000);
        List<Ipv4Session> restored = entries(firewall.firewall.ipv4Sessions());
        ExecutorService threads = Executors.newFixedThreadPool(4);
        List<Future<?>> all = new ArrayList<>();
        for (int thread = 0; thread < 2; thread++) {
            int client = 100 + thread;
            all.add(threads.submit(() -> {
                for (int i = 0; i < 10_000; i++) {
                    byte[] frame = Frames.udp("10.1." + client + "." + (i & 255), 1024 + i % 3000, SERVER, 53, 1);
                    assertThat(quiet.firewall.process(1_000_000 + i, 0, new Frame(frame)).forwarded()).isTrue();
                }
            }));
        }
        all.add(threads.submit(() -> restored.forEach(quiet.firewall.ipv4Sessions()::restore)));
        all.add(threads.submit(() -> {
            for (int i = 0; i < 20; i++) {
                entries(quiet.firewall.ipv4Sessions());
                entries(quiet.firewall.naptMappings());
            }
        }));
        for (Future<?> one : all) {
            one.get(50, TimeUnit.SECONDS);
        }
        threads.shutdown();
        assertThat(entries(quiet.firewall.ipv4Sessions())).hasSize(quiet.firewall.counters().ipv4Sessions());
        assertThat(quiet.firewall.counters().forwarded()).isEqualTo(20_000);
    }
}
