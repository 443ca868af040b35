/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;
import static twinwall.itests.Eventually.eventually;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import javax.inject.Inject;

import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import twinwall.firewall.embedded.port.PacketPortClient;
import twinwall.group.GroupStatus.MonitoredItemStatus;
import twinwall.group.MonitoredItem;
import twinwall.group.Role;

/** Services that vote on the role. */
@RunWith(PaxExam.class)
public class MonitoredItemsTest {

    private static final String OFTEN = "twinwall.group/monitor_interval_ms";

    @Inject
    private BundleContext context;

    @Configuration
    public Option[] node() {
        return Node.options(getClass());
    }

    /** An item that does as a test says. */
    private static final class Item implements MonitoredItem {

        private final String name;
        private final AtomicInteger looks = new AtomicInteger();
        private volatile String failure = "";
        private volatile CountDownLatch hang;

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
                    Thread.currentThread().interrupt();
                }
            }
            return failure;
        }

        ServiceRegistration<MonitoredItem> on(Firewall firewall) {
            return firewall.context().registerService(MonitoredItem.class, this, null);
        }
    }

    private static MonitoredItemStatus only(Firewall firewall) {
        return firewall.status().monitoredItems().stream().findFirst().orElseThrow();
    }

    @Test
    public void aFailedItemMakesTheActiveHandOverToTheReadyStandby() throws Exception {
        Item uplink = new Item("uplink");
        try (LogLines log = new LogLines(); Pair pair = Pair.inSync(context, OFTEN, "100")) {
            ServiceRegistration<MonitoredItem> vote = uplink.on(pair.a());
            eventually("it is looked at", () -> only(pair.a()).works());
            TcpFlow flow;
            try (PacketPortClient packets = pair.a().packets()) {
                flow = TcpFlow.translated(40_001).open(packets);
            }
            uplink.failure = "no carrier";
            pair.awaitSync(Role.STANDBY);
            assertEquals("no carrier", only(pair.a()).failure());
            assertTrue(pair.b().status().priority() > pair.a().status().priority());
            try (PacketPortClient packets = pair.b().packets()) {
                eventually("fw-b forwards", () -> flow.send(packets).forwarded());
                flow.goesOn(packets);
            }
            assertEquals(List.of(), pair.b().status().losses());
            assertEquals("one line, not one for each look", 1, log.all().stream().filter(line -> line.contains("'uplink' failed")).count());

            vote.unregister();
            eventually("a service that is gone has no vote", () -> pair.a().status().monitoredItems().isEmpty()
                    && pair.a().status().priority() == pair.b().status().priority());
            assertTrue("and nothing moves for it", pair.b().is(Role.ACTIVE));
        }
    }

    @Test
    public void anItemThatHangsCountsAsFailedAndTakesNothingDown() throws Exception {
        Item stuck = new Item("stuck");
        Item other = new Item("uplink");
        stuck.hang = new CountDownLatch(1);
        try (Pair pair = Pair.inSync(context, OFTEN, "100"); SyncWatch watch = new SyncWatch(pair, Firewall.TABLES)) {
            ServiceRegistration<MonitoredItem> vote = stuck.on(pair.b());
            ServiceRegistration<MonitoredItem> otherVote = other.on(pair.b());
            eventually("it has failed", () -> pair.b().status().monitoredItems().stream()
                    .anyMatch(item -> item.name().equals("stuck") && item.failure().equals("no answer within 5000 ms")));
            int looks = other.looks.get();
            eventually("the other one is looked at", () -> other.looks.get() > looks + 3);
            assertEquals("asked once, while it hangs", 1, stuck.looks.get());
            try (PacketPortClient packets = pair.a().packets()) {
                TcpFlow.v4(40_001).open(packets);
            }
            eventually("sessions are copied", () -> pair.b().group().entries("ipv4-session", 10, "").size() == 1);
            assertTrue(pair.a().is(Role.ACTIVE) && pair.b().is(Role.STANDBY) && pair.b().status().ready());

            stuck.hang.countDown();
            stuck.hang = null;
            eventually("it is asked again", () -> pair.b().status().monitoredItems().stream().allMatch(MonitoredItemStatus::works));
            watch.assertAlwaysInSync();
            vote.unregister();
            otherVote.unregister();
        }
    }
}
