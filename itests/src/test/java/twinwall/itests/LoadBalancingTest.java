/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotEquals;
import static twinwall.itests.Eventually.eventually;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.inject.Inject;

import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import twinwall.firewall.NaptMapping;
import twinwall.firewall.embedded.port.PacketPortClient;
import twinwall.group.Role;
import twinwall.group.RoleListener;
import twinwall.group.Share;

/** Two firewalls share the work; one of them goes. */
@RunWith(PaxExam.class)
public class LoadBalancingTest {

    @Inject
    private BundleContext context;

    @Before
    public void onlyWhenThereIsTime() {
        Minutes.assumeWanted();
    }

    @Configuration
    public Option[] node() {
        return Node.options(getClass());
    }

    @Test
    public void bothForwardTheSurvivorTakesAllAndGivesTheHalfBack() throws Exception {
        List<Share> shares = new CopyOnWriteArrayList<>();
        ServiceRegistration<RoleListener> listener =
                context.registerService(RoleListener.class, change -> shares.add(change.share()), null);
        try (Pair pair = Pair.inSync(context, "twinwall.group/networking", "load-balancing",
                "twinwall.group/preemption_delay_ms", "500")) {
            List<TcpFlow> flows = new ArrayList<>();
            try (PacketPortClient a = pair.a().packets(); PacketPortClient b = pair.b().packets()) {
                for (int i = 0; i < 10; i++) {
                    flows.add(TcpFlow.translated(40_000 + i).open(i % 2 == 0 ? a : b));
                }
            }
            eventually("each has the other's", () -> mappings(pair.a()) == 10 && mappings(pair.b()) == 10);

            pair.a().bundle("twinwall.link.netty").uninstall();
            eventually("fw-b takes over", () -> pair.b().is(Role.ACTIVE));
            try (PacketPortClient packets = pair.b().packets()) {
                eventually("fw-b forwards", () -> flows.get(0).send(packets).forwarded());
                for (TcpFlow flow : flows) {
                    flow.goesOn(packets);
                }
            }
            assertEquals(1, pair.b().status().losses().size());
            eventually("the firewall is told", () -> shares.get(shares.size() - 1) == Share.ALL);
            assertEquals(Share.SECOND_HALF, shares.get(shares.size() - 2));
            assertNotEquals("all at the start", Share.ALL, shares.get(0));

            openThrough(pair.b(), flows, 41_000);
            pair.stopA();
            pair.startA();
            pair.awaitSync(Role.LOAD_BALANCING);
            openThrough(pair.a(), flows, 42_000);
            openThrough(pair.b(), flows, 43_000);
            assertEquals("no port is given out twice", flows.size(), flows.stream().map(TcpFlow::seenAs).distinct().count());
            eventually("both have everything again", () -> mappings(pair.a()) == flows.size() && mappings(pair.b()) == flows.size());
            assertEquals("its half again", Share.SECOND_HALF, shares.get(shares.size() - 1));
        } finally {
            listener.unregister();
        }
    }

    private static void openThrough(Firewall firewall, List<TcpFlow> flows, int firstPort) throws IOException {
        try (PacketPortClient packets = firewall.packets()) {
            for (int i = 0; i < 10; i++) {
                flows.add(TcpFlow.translated(firstPort + i).open(packets));
            }
        }
    }

    /** Public endpoints in use, each counted once. */
    private static long mappings(Firewall firewall) {
        return firewall.entries("napt", NaptMapping.class).stream().map(mapping -> mapping.outside() + ":" + mapping.outsidePort())
                .distinct().count();
    }
}
