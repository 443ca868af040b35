/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;
import static twinwall.itests.Eventually.eventually;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.inject.Inject;

import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.osgi.framework.BundleContext;
import twinwall.group.FileVerdict;
import twinwall.group.Role;
import twinwall.group.TableStatus;

/**
 * A vendor's table that the suite does not have, from a project outside of this build: SIP registrations, which decide whom a call
 * reaches. The project is built and signed, and what comes of it goes through the drop folder of a pair under traffic.
 */
@RunWith(PaxExam.class)
public class VendorTableTest {

    private static final String TABLE = "sip-registration";
    private static final String BUNDLE = "com.example.sip";

    @Inject
    private BundleContext context;

    @Before
    public void onlyWhenThereIsTime() {
        Minutes.assumeWanted();
    }

    @Configuration
    public Option[] node() throws Exception {
        Option[] options = Node.options(getClass());
        if (!Minutes.excluded()) {
            Path work = Node.work(getClass());
            Path certificate = VendorProject.make(work);
            for (String side : List.of("a", "b")) {
                Files.copy(certificate, Files.createDirectories(work.resolve(side).resolve("signers")).resolve("sip.crt"));
                Settings.add(work.resolve(side), "twinwall.deploy", Map.of("poll_interval_ms", "100"));
            }
        }
        return options;
    }

    @Test
    public void aVendorsTableComesIsUpdatedSurvivesAFailoverAndGoes() throws Exception {
        try (Pair pair = Pair.inSync(context);
                Traffic traffic = Traffic.through(pair.a(), pair.b());
                Phone alice = new Phone("127.0.0.1");
                Phone stranger = new Phone("127.0.0.2")) {
            int portOfA = configured(pair.a());
            int portOfB = configured(pair.b());
            Drop a = new Drop(pair.a());
            Drop b = new Drop(pair.b());
            for (Drop folder : List.of(a, b)) {
                folder.copy(pair.vendorBundle("sip-1"), "sip.jar");
                assertEquals("com.example.sip 1.0.0 is installed, signed by CN=Example SIP (sip.crt). It backs up sip-registration.",
                        folder.await("sip.jar", FileVerdict.INSTALLED).detail());
            }
            awaitInSync(pair, 1, 1);
            eventually("fw-a serves", () -> alice.call(portOfA, "alice").equals("SIP/2.0 404 Not Found"));
            assertEquals("SIP/2.0 200 OK", alice.register(portOfA, "alice"));
            eventually("fw-b knows where alice is", () -> found(alice, portOfB, "alice"));

            b.copy(pair.vendorBundle("sip-2"), "sip.jar");
            awaitInSync(pair, 1, 2);
            b.await("sip.jar", FileVerdict.INSTALLED);
            eventually("version 2 has what version 1 wrote", () -> found(alice, portOfB, "alice"));
            assertEquals("SIP/2.0 200 OK", alice.register(portOfA, "bob"));
            eventually("version 2 takes what version 1 writes", () -> found(alice, portOfB, "bob"));
            traffic.goesOn();

            switchover(pair.a(), pair, Role.STANDBY);
            assertEquals("SIP/2.0 200 OK", alice.register(portOfB, "carol"));
            eventually("version 1 takes what version 2 writes", () -> found(alice, portOfA, "carol"));
            a.copy(pair.vendorBundle("sip-2"), "sip.jar");
            awaitInSync(pair, 2, 2);
            a.await("sip.jar", FileVerdict.INSTALLED);
            switchover(pair.b(), pair, Role.ACTIVE);
            traffic.goesOn();
            for (String user : List.of("alice", "bob", "carol")) {
                eventually("fw-a knows where " + user + " is", () -> found(alice, portOfA, user));
            }
            assertEquals("what version 2 is for", "SIP/2.0 403 Forbidden", stranger.register(portOfA, "carol"));

            pair.awaitCopied();
            pair.a().bundle("twinwall.link.netty").uninstall();
            eventually("fw-b takes over", () -> pair.b().is(Role.ACTIVE));
            for (String user : List.of("alice", "bob", "carol")) {
                assertTrue(user, found(alice, portOfB, user));
            }
            assertEquals("SIP/2.0 403 Forbidden", stranger.register(portOfB, "carol"));
            traffic.goesOn();

            b.remove("sip.jar");
            eventually("it is gone", () -> pair.b().table(TABLE).handler() == null
                    && Stream.of(context.getBundles()).noneMatch(bundle -> BUNDLE.equals(bundle.getSymbolicName())));
            new DatagramSocket(new InetSocketAddress("127.0.0.1", portOfB)).close();
            eventually("its threads have ended", () -> Thread.getAllStackTraces().keySet().stream()
                    .noneMatch(thread -> thread.getName().equals("sip-" + portOfB)));
            traffic.goesOn();
            traffic.assertNothingLost();
        }
    }

    private static boolean found(Phone phone, int port, String user) throws IOException {
        return phone.call(port, user).equals("Contact: <sip:" + user + "@192.0.2.7>");
    }

    /** Gives a firewall's server a port that is free now. */
    private static int configured(Firewall firewall) throws IOException {
        try (DatagramSocket free = new DatagramSocket(0)) {
            int port = free.getLocalPort();
            Files.writeString(firewall.folder().resolve(BUNDLE + ".cfg"), "port = " + port + "\n");
            return port;
        }
    }

    private static void awaitInSync(Pair pair, int schemaOfA, int schemaOfB) {
        eventually("the table is in sync, and each firewall knows the other's handler", () ->
                isInSync(pair.a(), schemaOfA, schemaOfB) && isInSync(pair.b(), schemaOfB, schemaOfA));
    }

    private static boolean isInSync(Firewall firewall, int schema, int schemaOfPeer) {
        TableStatus table = firewall.table(TABLE);
        return table.inSync() && table.handler().schema() == schema && table.peerHandler().schema() == schemaOfPeer
                && table.peerHandler().version().equals(schemaOfPeer + ".0.0");
    }

    private static void switchover(Firewall from, Pair pair, Role roleOfA) throws Exception {
        TwoFirewallsTest.assertSwitchedOver(from.group().switchover().toCompletableFuture().get(20, TimeUnit.SECONDS));
        pair.awaitSync(roleOfA);
    }
}
