/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;
import static twinwall.itests.Eventually.eventually;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import javax.inject.Inject;

import org.junit.After;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.BundleException;
import org.osgi.framework.SynchronousBundleListener;
import org.osgi.framework.wiring.BundleWiring;
import twinwall.group.DroppedFile;
import twinwall.group.FileVerdict;
import twinwall.group.HandlerState;
import twinwall.group.PlannedChange;
import twinwall.itests.shelf.clinging.ClingingShelf;

/** An operator puts handlers into a folder, exchanges them and takes them away, and the rest of the pair does not notice. */
@RunWith(PaxExam.class)
public class DropFolderTest {

    private static final String SHELF = "com.vendor.shelf";

    @Inject
    private BundleContext context;

    @Configuration
    public Option[] node() throws Exception {
        Option[] options = Node.options(getClass());
        Path work = Path.of(System.getProperty("twinwall.work"), getClass().getSimpleName());
        SignedBundles.make(work, work.resolve("a"), work.resolve("b"));
        for (String side : List.of("a", "b")) {
            Settings.add(work.resolve(side), "twinwall.deploy", Map.of("poll_interval_ms", "100", "max_unpacked_mib", "2",
                    "start_timeout_ms", "2000", "stop_timeout_ms", "2500", "sync_timeout_ms", "2000"));
        }
        return options;
    }

    private Path work() {
        return Path.of(context.getProperty("twinwall.itests.work"));
    }

    private Path signed(String name) {
        return work().resolve("signed").resolve(name + ".jar");
    }

    @After
    public void emptyTheFolders() throws IOException {
        for (String side : List.of("a", "b")) {
            try (Stream<Path> files = Files.walk(work().resolve(side).resolve("handlers"))) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    @Test
    public void aHandlerComesIsUpdatedRenamedAndGoesWhileNothingElseStops() throws Exception {
        try (LogLines log = new LogLines();
                Pair pair = Pair.inSync(context);
                Shelf onA = new Shelf(pair.a().context(), "shelf");
                Shelf onB = new Shelf(pair.b().context(), "shelf");
                Traffic traffic = Traffic.through(pair.a(), pair.b());
                SyncWatch watch = new SyncWatch(pair, Firewall.TABLES);
                Restarts restarts = new Restarts(context)) {
            Drop a = new Drop(pair.a());
            Drop b = new Drop(pair.b());
            onA.put("before", "1");
            a.copy(signed("shelf-1"), "shelf.jar");
            assertEquals("com.vendor.shelf 1.0.0 is installed, signed by CN=vendor (vendor.crt). It backs up shelf.",
                    a.await("shelf.jar", FileVerdict.INSTALLED).detail());
            eventually("fw-a waits for the handler on fw-b", () -> pair.a().table("shelf").detail().startsWith("waiting for a handler on"
                + " fw-b"));
            eventually("fw-b keeps the entry", () -> pair.a().table("shelf").peerState() == HandlerState.KEEPING);
            b.copy(signed("shelf-1"), "shelf.jar");
            awaitOnBoth(pair, "1.0.0");
            eventually("the entry is on fw-b", () -> "1".equals(onB.get("before")));

            List<WeakReference<ClassLoader>> loaders = new ArrayList<>(List.of(loader(pair.a()), loader(pair.b())));
            assertEquals(List.of(SHELF), planned(b, signed("shelf-2")).restarts());
            b.copy(signed("shelf-2"), "shelf.jar");
            b.await("shelf.jar", FileVerdict.INSTALLED);
            a.copy(signed("shelf-2"), "shelf.jar");
            awaitOnBoth(pair, "1.1.0");
            eventually("each knows the other's handler", () ->
                    pair.b().table("shelf").handler().equals(pair.a().table("shelf").peerHandler())
                    && pair.a().table("shelf").handler().equals(pair.b().table("shelf").peerHandler()));
            onA.put("updated", "2");
            eventually("changes go on", () -> "2".equals(onB.get("updated")));
            assertEquals("com.vendor.shelf 1.1.0 is installed in place of 1.0.0, signed by CN=vendor (vendor.crt). It backs up shelf.",
                    settled(b, "shelf.jar", "installed in place").detail());
            loaders.addAll(List.of(loader(pair.a()), loader(pair.b())));

            assertEquals("started, and for the update stopped and started once", 3, restarts.of(SHELF));
            b.copy(signed("shelf-2"), "shelf.jar");
            b.rename("shelf.jar", "shelf-1.1.0.jar");
            b.await("shelf-1.1.0.jar", FileVerdict.INSTALLED);
            b.copy(signed("shelf-1"), "older.jar");
            assertEquals("shelf-1.1.0.jar has com.vendor.shelf 1.1.0, this file 1.0.0. Remove one of them.",
                    b.await("older.jar", FileVerdict.SUPERSEDED).detail());
            b.copy(signed("shelf-2"), "twin.jar");
            assertEquals("it is the same as shelf-1.1.0.jar.", b.await("twin.jar", FileVerdict.SUPERSEDED).detail());
            b.remove("older.jar");
            b.remove("twin.jar");
            eventually("they are forgotten", () -> !isKnown(b, "older.jar") && !isKnown(b, "twin.jar"));
            assertEquals("nothing was installed anew", 3, restarts.of(SHELF));
            assertEquals("one version of it is here", 1, count(pair.b(), SHELF));

            traffic.goesOn();
            a.remove("shelf.jar");
            b.remove("shelf-1.1.0.jar");
            eventually("it is gone from both", () -> isAbsent(pair.a()) && isAbsent(pair.b()));
            eventually("nobody watches the shelves", () -> onA.watched() + onB.watched() == 0);
            eventually("its classes are gone", () -> {
                System.gc();
                return loaders.stream().allMatch(loader -> loader.get() == null);
            });
            assertEquals("no other bundle was stopped or started", Set.of(SHELF), restarts.all());
            watch.assertAlwaysInSync();
            traffic.assertNothingLost();
            assertEquals("each firewall says it once", 2, log.all().stream().filter(line -> line.startsWith(
                    "INFO shelf.jar: com.vendor.shelf 1.0.0 is installed")).count());
        }
    }

    @Test
    public void whatIsNotInOrderIsNamedAndNothingOfItRuns() throws Exception {
        try (LogLines log = new LogLines();
                Pair pair = Pair.inSync(context);
                Shelf onB = new Shelf(context, "shelf");
                Shelf secrets = new Shelf(context, "secret");
                SyncWatch watch = new SyncWatch(pair, Firewall.TABLES);
                Restarts restarts = new Restarts(context)) {
            Drop b = new Drop(pair.b());
            b.copy(signed("shelf-1"), "shelf.jar");
            b.await("shelf.jar", FileVerdict.INSTALLED);
            for (String bad : List.of("unsigned", "stranger", "tampered", "added-to", "text", "no-bundle", "bomb")) {
                b.copy(work().resolve("bad").resolve(bad + ".jar"), bad + ".jar");
            }
            b.copy(signed("impostor"), "impostor.jar");
            b.copy(signed("secret"), "secret.jar");
            b.copy(signed("needy"), "needy.jar");
            assertTrue(b.await("unsigned.jar", FileVerdict.UNSIGNED).detail().startsWith("Nobody has signed it."));
            String stranger = b.await("stranger.jar", FileVerdict.STRANGER).detail();
            assertTrue(stranger, stranger.startsWith("It is signed by CN=stranger, SHA-256 "));
            b.await("tampered.jar", FileVerdict.TAMPERED);
            String added = b.await("added-to.jar", FileVerdict.PARTLY_SIGNED).detail();
            assertTrue(added, added.contains("extra.txt"));
            b.await("text.jar", FileVerdict.NOT_A_JAR);
            b.await("no-bundle.jar", FileVerdict.NOT_A_BUNDLE);
            b.await("bomb.jar", FileVerdict.TOO_LARGE);
            String taken = b.await("impostor.jar", FileVerdict.TABLE_TAKEN).detail();
            assertTrue(taken, taken.startsWith("It backs up blacklist, as does twinwall.handler.blacklist 1.0.0"));
            String secret = b.await("secret.jar", FileVerdict.SENSITIVE).detail();
            assertEquals("It wants entries that hold secrets: secret. If it may have them add the names to allow_sensitive.", secret);
            String needy = b.await("needy.jar", FileVerdict.UNRESOLVED).detail();
            assertTrue(needy, needy.contains(
                    "It needs package com.acme.brackets from version 2.0.0 to below 3.0.0, which no bundle here offers."));
            assertTrue(needy, needy.contains("It needs package twinwall.spi from version 9.0.0 to below 10.0.0; here is 1."));
            assertTrue(needy, needy.endsWith(" com.vendor.shelf 1.0.0 goes on."));
            assertTrue("no other bundle came", restarts.all().equals(Set.of(SHELF)));
            for (DroppedFile file : b.files()) {
                assertEquals(log.all().toString(), 1, log.all().stream().filter(line -> line.endsWith(file.detail())
                        && line.contains(" " + file.file() + ": ")).count());
            }
            b.copy(signed("sly"), "sly.jar");
            assertTrue(b.await("sly.jar", FileVerdict.SENSITIVE).detail().startsWith("It offers a handler for the sensitive table secret,"
                    + " of which its manifest does not tell."));
            assertEquals("what hid it is not left", 0, count(pair.b(), "com.vendor.sly"));
            eventually("nobody reads the secrets", () -> secrets.watched() == 0);
            b.remove("shelf.jar");
            assertEquals(PlannedChange.Action.REFUSE, planned(b, signed("needy")).action());
            watch.assertAlwaysInSync();
        }
    }

    @Test
    public void anUpdateThatGoesWrongIsRolledBackAndNotTriedAgain() throws Exception {
        try (Pair pair = Pair.inSync(context);
                Shelf onA = new Shelf(pair.a().context(), "shelf");
                Shelf onB = new Shelf(context, "shelf");
                SyncWatch watch = new SyncWatch(pair, Firewall.TABLES)) {
            Drop a = new Drop(pair.a());
            Drop b = new Drop(pair.b());
            a.copy(signed("shelf-1"), "shelf.jar");
            b.copy(signed("shelf-1"), "shelf.jar");
            awaitOnBoth(pair, "1.0.0");
            rollsBack(pair, b, "broken", FileVerdict.FAILED, "did not appear within 2000 ms");
            rollsBack(pair, b, "stuck", FileVerdict.HANGS, "Starting com.vendor.shelf 1.2.0 did not come back within 2000 ms.");
            rollsBack(pair, b, "mute", FileVerdict.NOT_IN_SYNC, "was in sync before the update and was not within 2000 ms after it");
            onA.put("still", "here");
            eventually("the old version works", () -> "here".equals(onB.get("still")));
            afterARestartWithEmptyStorage(pair.b());
            awaitOnBoth(pair, "1.0.0");
            assertTrue(b.await("shelf.jar", FileVerdict.NOT_IN_SYNC).detail().endsWith("com.vendor.shelf 1.0.0 goes on."));
            watch.assertAlwaysInSync();
        }
    }

    /** As {@code run/node} begins: the folder is as it was, and no bundle of it is in the framework. */
    private static void afterARestartWithEmptyStorage(Firewall firewall) throws BundleException {
        firewall.bundle("twinwall.deploy").stop();
        firewall.bundle(SHELF).uninstall();
        firewall.bundle("twinwall.deploy").start();
    }

    private void rollsBack(Pair pair, Drop b, String update, FileVerdict verdict, String reason) throws IOException {
        b.copy(signed(update), "shelf.jar");
        DroppedFile file = b.await("shelf.jar", verdict);
        assertTrue(file.detail(), file.detail().contains(reason));
        assertTrue(file.detail(), file.detail().endsWith(
                " Rolled back. It is not tried again until the file changes. com.vendor.shelf 1.0.0 goes on."));
        awaitOnBoth(pair, "1.0.0");
    }

    @Test
    public void aHandlerComesWithWhatItNeedsAndWhatOthersCouldUseRestartsNobody() throws Exception {
        try (Pair pair = Pair.inSync(context);
                Shelf onB = new Shelf(context, "shelf");
                SyncWatch watch = new SyncWatch(pair, Firewall.TABLES);
                Restarts restarts = new Restarts(context)) {
            Drop b = new Drop(pair.b());
            b.copy(signed("on-brackets"), "shelf.jar");
            assertEquals("It needs package com.acme.brackets from version 1.0.0 to below 2.0.0, which no bundle here offers. Put a"
                + " bundle that"
                    + " does into the folder, or have it packed into this one.", b.await("shelf.jar", FileVerdict.UNRESOLVED).detail());
            b.copy(signed("brackets-1"), "brackets.jar");
            assertEquals("com.acme.brackets 1.0.0 is installed, signed by CN=vendor (vendor.crt). It backs up no table.",
                    b.await("brackets.jar", FileVerdict.INSTALLED).detail());
            b.await("shelf.jar", FileVerdict.INSTALLED);
            assertEquals(List.of("com.acme.brackets", SHELF), planned(b, signed("brackets-2")).restarts());
            b.copy(signed("conscrypt"), "conscrypt.jar");
            b.await("conscrypt.jar", FileVerdict.INSTALLED);
            b.remove("conscrypt.jar");
            eventually("it is forgotten", () -> !isKnown(b, "conscrypt.jar"));
            assertEquals("Netty went on", Set.of("com.acme.brackets", "com.acme.conscrypt", SHELF), restarts.all());
            watch.assertAlwaysInSync();
        }
    }

    @Test
    public void aHandlerThatDoesNotLetGoHoldsUpNobody() throws Exception {
        System.clearProperty(ClingingShelf.LET_GO);
        try (Pair pair = Pair.inSync(context);
                Shelf onB = new Shelf(context, "shelf");
                SyncWatch watch = new SyncWatch(pair, Firewall.TABLES)) {
            Drop b = new Drop(pair.b());
            b.copy(signed("clinging"), "shelf.jar");
            b.await("shelf.jar", FileVerdict.INSTALLED);
            eventually("it works", () -> onB.watched() == 1);
            b.remove("shelf.jar");
            b.copy(signed("shelf-2"), "other.jar");
            b.await("other.jar", FileVerdict.INSTALLED);
            eventually("the next one works", () -> pair.b().table("shelf").handler().version().equals("1.1.0"));
            watch.assertAlwaysInSync();
            System.setProperty(ClingingShelf.LET_GO, "now");
        } finally {
            System.setProperty(ClingingShelf.LET_GO, "now");
        }
    }

    @Test
    public void whatWentWhileNobodyWatchedDoesNotComeBack() throws Exception {
        try (Pair pair = Pair.inSync(context); Shelf onB = new Shelf(context, "shelf")) {
            Drop b = new Drop(pair.b());
            b.copy(signed("shelf-1"), "shelf.jar");
            b.await("shelf.jar", FileVerdict.INSTALLED);
            Bundle deploy = pair.b().bundle("twinwall.deploy");
            deploy.stop();
            assertFalse("the handler goes on without it", isAbsent(pair.b()));
            deploy.start();
            assertEquals("com.vendor.shelf 1.0.0 runs already.", b.await("shelf.jar", FileVerdict.INSTALLED).detail());
            deploy.stop();
            b.remove("shelf.jar");
            deploy.start();
            eventually("it is uninstalled", () -> isAbsent(pair.b()));
        }
    }

    private PlannedChange planned(Drop folder, Path jar) throws IOException {
        folder.copyToCheck(jar);
        return folder.check().stream().filter(change -> change.file().equals(jar.getFileName().toString())).findFirst().orElseThrow();
    }

    private static boolean isKnown(Drop folder, String name) {
        try {
            return folder.file(name) != null;
        } catch (IllegalStateException unknown) {
            return false;
        }
    }

    private static DroppedFile settled(Drop folder, String name, String detail) {
        eventually(name + ": " + detail, () -> folder.file(name).detail().contains(detail));
        return folder.file(name);
    }

    private static void awaitOnBoth(Pair pair, String version) {
        for (Firewall firewall : List.of(pair.a(), pair.b())) {
            eventually(SHELF + " " + version + " works on both", () -> firewall.table("shelf").inSync()
                    && firewall.table("shelf").handler().version().equals(version));
        }
    }

    private static boolean isAbsent(Firewall firewall) {
        return count(firewall, SHELF) == 0;
    }

    private static long count(Firewall firewall, String name) {
        return Stream.of(firewall.context().getBundles()).filter(bundle -> name.equals(bundle.getSymbolicName())).count();
    }

    private static WeakReference<ClassLoader> loader(Firewall firewall) {
        return new WeakReference<>(firewall.bundle(SHELF).adapt(BundleWiring.class).getClassLoader());
    }

    /** Which bundles of a framework were stopped or started, and how often. */
    private static final class Restarts implements SynchronousBundleListener, AutoCloseable {

        private final BundleContext framework;
        private final Map<String, Integer> counts = new ConcurrentHashMap<>();

        Restarts(BundleContext framework) {
            this.framework = framework;
            framework.addBundleListener(this);
        }

        @Override
        public void bundleChanged(BundleEvent event) {
            if (event.getType() == BundleEvent.STARTED || event.getType() == BundleEvent.STOPPED) {
                counts.merge(event.getBundle().getSymbolicName(), 1, Integer::sum);
            }
        }

        Set<String> all() {
            return counts.keySet();
        }

        int of(String bundle) {
            return counts.getOrDefault(bundle, 0);
        }

        @Override
        public void close() {
            framework.removeBundleListener(this);
        }
    }
}
