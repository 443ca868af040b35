/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertTrue;
import static twinwall.itests.Eventually.eventually;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
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
import twinwall.group.Role;
import twinwall.group.TableStatus;

/**
 * A vendor's table that the suite does not have, from a project outside of this build: SIP registrations. They decide whom a call
 * reaches.
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
            VendorProject.make(Node.work(getClass()));
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
            Bundle onA = install(pair.a(), pair.vendorBundle("sip-1"));
            Bundle onB = install(pair.b(), pair.vendorBundle("sip-1"));
            awaitInSync(pair, 1, 1);
            eventually("fw-a serves", () -> alice.call(portOfA, "alice").equals("SIP/2.0 404 Not Found"));
            assertEquals("SIP/2.0 200 OK", alice.register(portOfA, "alice"));
            eventually("fw-b knows where alice is", () -> found(alice, portOfB, "alice"));

            update(onB, pair);
            awaitInSync(pair, 1, 2);
            eventually("version 2 has what version 1 wrote", () -> found(alice, portOfB, "alice"));
            assertEquals("SIP/2.0 200 OK", alice.register(portOfA, "bob"));
            eventually("version 2 takes what version 1 writes", () -> found(alice, portOfB, "bob"));
            traffic.goesOn();

            switchover(pair.a(), pair, Role.STANDBY);
            assertEquals("SIP/2.0 200 OK", alice.register(portOfB, "carol"));
            eventually("version 1 takes what version 2 writes", () -> found(alice, portOfA, "carol"));
            update(onA, pair);
            awaitInSync(pair, 2, 2);
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

            remove(onB);
            assertNull(pair.b().table(TABLE).handler());
            new DatagramSocket(new InetSocketAddress("127.0.0.1", portOfB)).close();
            eventually("its threads have ended", () -> Thread.getAllStackTraces().keySet().stream()
                    .noneMatch(thread -> thread.getName().equals("sip-" + portOfB)));
            traffic.goesOn();
            traffic.assertNothingLost();
        }
    }

    @Test
    public void whatTheVendorDeliversIsWhollySigned() throws Exception {
        for (String version : List.of("sip-1", "sip-2")) {
            Path file = Path.of(context.getProperty("twinwall.itests.work"), "vendor", version + ".jar");
            try (JarFile jar = new JarFile(file.toFile(), true)) {
                for (JarEntry entry : jar.stream().filter(each -> !each.isDirectory() && !isSignature(each)).toList()) {
                    jar.getInputStream(entry).readAllBytes();
                    assertEquals(version + ": " + entry.getName(), 1, entry.getCodeSigners().length);
                }
            }
        }
    }

    private static boolean isSignature(JarEntry entry) {
        return entry.getName().startsWith("META-INF/VENDOR.") || entry.getName().equals("META-INF/MANIFEST.MF");
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

    private static Bundle install(Firewall firewall, Path jar) throws BundleException {
        Bundle bundle = firewall.context().installBundle(jar.toUri().toString());
        bundle.start();
        return bundle;
    }

    private static void update(Bundle bundle, Pair pair) throws Exception {
        bundle.update(Files.newInputStream(pair.vendorBundle("sip-2")));
        HandlerHotDeployTest.refresh(HandlerHotDeployTest.frameworkOf(bundle), bundle);
    }

    private static void remove(Bundle bundle) throws Exception {
        Bundle framework = HandlerHotDeployTest.frameworkOf(bundle);
        bundle.uninstall();
        HandlerHotDeployTest.refresh(framework, bundle);
    }

    private static void awaitInSync(Pair pair, int schemaOfA, int schemaOfB) {
        eventually("the table is in sync", () -> isInSync(pair.a(), schemaOfA) && isInSync(pair.b(), schemaOfB));
    }

    private static boolean isInSync(Firewall firewall, int schema) {
        TableStatus table = firewall.table(TABLE);
        return table.inSync() && table.handler().schema() == schema;
    }

    private static void switchover(Firewall from, Pair pair, Role roleOfA) throws Exception {
        TwoFirewallsTest.assertSwitchedOver(from.group().switchover().toCompletableFuture().get(20, TimeUnit.SECONDS));
        pair.awaitSync(roleOfA);
    }
}
