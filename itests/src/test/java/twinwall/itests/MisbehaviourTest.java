/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertTrue;
import static twinwall.itests.Eventually.eventually;

import java.util.List;
import java.util.Map;
import javax.inject.Inject;

import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import twinwall.firewall.Ipv6Session;
import twinwall.firewall.ThreeTupleBinding;
import twinwall.firewall.embedded.port.PacketPortClient;
import twinwall.itests.shelf.ShelfHandler;

/** A handler, a link or a setting that is not as it should be harms nobody else. */
@RunWith(PaxExam.class)
public class MisbehaviourTest {

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

    /** A pair with a shelf and its handler on both. */
    private static final class ShelfPair implements AutoCloseable {

        private final Pair pair;
        private final Shelf onA;
        private final Shelf onB;
        private final Bundle handlerOnA;
        private final Bundle handlerOnB;

        ShelfPair(Pair pair, String shelf, String handler) throws BundleException {
            this.pair = pair;
            onA = new Shelf(pair.a().context(), shelf);
            onB = new Shelf(pair.b().context(), shelf);
            handlerOnA = install(pair.a(), pair, handler);
            handlerOnB = install(pair.b(), pair, handler);
        }

        private static Bundle install(Firewall firewall, Pair pair, String handler) throws BundleException {
            Bundle bundle = firewall.context().installBundle(pair.vendorBundle(handler).toUri().toString());
            bundle.start();
            return bundle;
        }

        void awaitSync() {
            eventually("the shelf is in sync", () -> pair.a().table("shelf").inSync() && pair.b().table("shelf").inSync());
        }

        /** The other tables are in sync, and a new session is copied. */
        void assertOthersGoOn(int port) throws Exception {
            assertTrue(pair.a().inSync(pair.tables()) && pair.b().inSync(pair.tables()));
            int sessions = pair.b().group().entries("ipv4-session", 100, "").size();
            try (PacketPortClient packets = pair.a().packets()) {
                TcpFlow.v4(port).open(packets);
            }
            eventually("a new session is on fw-b", () -> pair.b().group().entries("ipv4-session", 100, "").size() == sessions + 1);
        }

        @Override
        public void close() throws BundleException {
            handlerOnA.uninstall();
            handlerOnB.uninstall();
            onA.close();
            onB.close();
        }
    }

    @Test
    public void aHandlerThatThrowsTakesOnlyItsOwnTableOutOfSync() throws Exception {
        try (LogLines log = new LogLines();
                Pair pair = Pair.inSync(context);
                ShelfPair shelf = new ShelfPair(pair, "shelf", "shelf-1")) {
            shelf.awaitSync();
            try (SyncWatch watch = new SyncWatch(pair, Firewall.TABLES)) {
                shelf.onA.put("crooked", ShelfHandler.THROW);
                eventually("fw-b says what is wrong", () -> pair.b().table("shelf").detail().contains("the shelf is crooked"));
                eventually("fw-a knows", () -> !pair.a().table("shelf").inSync());
                shelf.assertOthersGoOn(40_001);
                eventually("it is tried again, less and less often", () -> log.all().stream().anyMatch(line -> line.equals(
                        "WARNING Table 'shelf': handler com.vendor.shelf 1.0.0 failed while restoring entries of the peer: the shelf is "
                        + "crooked. The other tables go on. Retrying in 2000 ms.")));
                shelf.onA.put("crooked", "straight");
                shelf.awaitSync();
                assertEquals("straight", shelf.onB.get("crooked"));
                watch.assertAlwaysInSync();
            }
        }
    }

    @Test
    public void aHandlerThatHangsIsFencedAndOthersGoOn() throws Exception {
        try (LogLines log = new LogLines();
                Pair pair = Pair.inSync(context, "twinwall.group/handler_deadline_ms", "300");
                ShelfPair shelf = new ShelfPair(pair, "shelf", "shelf-1")) {
            shelf.awaitSync();
            try (SyncWatch watch = new SyncWatch(pair, Firewall.TABLES)) {
                shelf.onA.put("stuck", ShelfHandler.HANG);
                eventually("the handler is fenced", () -> log.all().stream().anyMatch(line -> line.startsWith("SEVERE Table 'shelf': "
                        + "handler com.vendor.shelf 1.0.0 made no progress for 300 ms")));
                eventually("fw-b says so", () -> pair.b().table("shelf").detail().contains("does not come back"));
                shelf.assertOthersGoOn(40_001);
                watch.assertAlwaysInSync();
            }
            assertFalse(pair.b().status().ready());
        }
    }

    @Test
    public void aSensitiveTableIsNotSentOverPlainText() throws Exception {
        try (LogLines log = new LogLines();
                Pair pair = Pair.inSync(context, "twinwall.link-a/tls", "false");
                ShelfPair shelf = new ShelfPair(pair, "secret", "secret")) {
            shelf.onA.put("key", "swordfish");
            eventually("fw-a says why", () -> pair.a().table("secret").detail().contains("no TLS"));
            // A session that comes later shows that there was time.
            shelf.assertOthersGoOn(40_001);
            assertNull(shelf.onB.get("key"));
            assertFalse(pair.a().table("secret").inSync());
            for (String type : Firewall.SENSITIVE_TABLES) {
                assertFalse(type, pair.a().table(type).inSync());
            }
            List<String> notReady = pair.b().status().notReady();
            assertTrue(notReady.toString(), notReady.size() == 1 && notReady.get(0).contains("aaa-user")
                    && notReady.get(0).contains("secret") && notReady.get(0).contains("Use TLS"));
            assertFalse(pair.b().status().ready());
            assertFalse(pair.a().status().links().get(0).confidential());
            assertTrue(log.all().toString(), log.all().stream().anyMatch(line -> line.contains("Sensitive tables are not sent over it")));
        }
    }

    @Test
    public void aSensitiveTableIsSentOverTls() throws Exception {
        try (Pair pair = Pair.inSync(context); ShelfPair shelf = new ShelfPair(pair, "secret", "secret")) {
            shelf.onA.put("key", "swordfish");
            eventually("fw-b has it", () -> "swordfish".equals(shelf.onB.get("key")));
        }
    }

    @Test
    public void entriesThatContradictTheOthersSettingsAreCountedThereAndTheRestGoesOn() throws Exception {
        try (LogLines log = new LogLines();
                Pair pair = Pair.inSync(context, "a:twinwall.firewall.embedded/threetuple_pool", "203.0.113.9");
                PacketPortClient packets = pair.a().packets();
                SyncWatch watch = new SyncWatch(pair, Firewall.TABLES)) {
            TcpFlow.translated(40_001).open(packets);
            TcpFlow.translated(40_002).open(packets);
            eventually("fw-b counts what it refused, with its reason", () -> pair.b().table("nat-3-tuple").refused().equals(
                    Map.of("unknown-pool", 2L)));
            eventually("fw-b says once which setting differs", () -> log.all().stream().filter(line -> line.startsWith("WARNING Handler ")
                    && line.contains("unknown-pool") && line.contains("Set threetuple_pool as on the peer")).count() == 1);
            assertEquals(List.of(), pair.b().entries("nat-3-tuple", ThreeTupleBinding.class));
            assertEquals(2, pair.a().entries("nat-3-tuple", ThreeTupleBinding.class).size());
            TcpFlow.v6(40_003).open(packets);
            eventually("another table's entry is on fw-b", () -> pair.b().entries("ipv6-session", Ipv6Session.class).size() == 1);
            watch.assertAlwaysInSync();
        }
    }

    @Test
    public void aConfigurationErrorNamesPidKeyValueAndDefault() throws Exception {
        try (LogLines log = new LogLines();
                Pair pair = Pair.inSync(context, "twinwall.group/handler_deadline_ms", "soon",
                        "twinwall.firewall.embedded/max_half_open", "-1")) {
            List<String> lines = log.all();
            assertTrue(lines.toString(), lines.contains(
                    "SEVERE twinwall.group: handler_deadline_ms=soon must be 100 to 3600000. Using 30000."));
            assertTrue(lines.toString(), lines.contains(
                    "WARNING twinwall.firewall.embedded: max_half_open=-1 must be 1 to 50000000. Using 200000."));
            assertTrue(pair.b().status().ready());
        }
    }
}
