/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertTrue;
import static twinwall.itests.Eventually.eventually;

import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.inject.Inject;

import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.framework.wiring.FrameworkWiring;
import twinwall.group.Role;

/** A vendor's handler comes, is updated and goes while packets flow, and nobody else notices. */
@RunWith(PaxExam.class)
public class HandlerHotDeployTest {

    @Inject
    private BundleContext context;

    @Configuration
    public Option[] node() {
        return Node.options(getClass());
    }

    @Test
    public void aHandlerComesIsUpdatedAndGoesWhileTheOtherTablesStayInSync() throws Exception {
        List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
        try (Pair pair = Pair.inSync(context);
                Shelf onA = new Shelf(pair.a().context(), "shelf");
                Shelf onB = new Shelf(pair.b().context(), "shelf");
                Traffic traffic = Traffic.through(pair.a(), pair.b());
                SyncWatch watch = new SyncWatch(pair, Firewall.TABLES)) {
            onA.put("before", "1");
            List<Bundle> handlers = installOnBoth(pair, "shelf-1");
            awaitShelf(pair, "1.0.0");
            onA.put("after", "2");
            eventually("both entries are on fw-b", () -> "1".equals(onB.get("before")) && "2".equals(onB.get("after")));
            traffic.goesOn();

            handlers.forEach(handler -> loaders.add(loader(handler)));
            update(pair, handlers);
            awaitShelf(pair, "1.1.0");
            onA.put("updated", "3");
            onA.remove("before");
            eventually("changes reach fw-b", () -> "3".equals(onB.get("updated")) && onB.get("before") == null);
            assertEquals("2", onB.get("after"));
            traffic.goesOn();

            handlers.forEach(handler -> loaders.add(loader(handler)));
            uninstall(handlers);
            eventually("no handler for the shelf", () -> pair.a().table("shelf").handler() == null
                    && pair.b().table("shelf").handler() == null);
            onA.put("unwatched", "4");
            traffic.goesOn();
            assertNull(onB.get("unwatched"));
            assertNothingLeftBehind(onA, onB, loaders);
            watch.assertAlwaysInSync();
            traffic.assertNothingLost();
        }
    }

    @Test
    public void anEntryThatVanishesBehindTheEnginesBackComesBack() throws Exception {
        try (Pair pair = Pair.inSync(context);
                Shelf onA = new Shelf(pair.a().context(), "shelf");
                Shelf onB = new Shelf(pair.b().context(), "shelf")) {
            List<Bundle> handlers = installOnBoth(pair, "shelf-1");
            awaitShelf(pair, "1.0.0");
            onA.put("kept", "1");
            eventually("the entry is on fw-b", () -> "1".equals(onB.get("kept")));
            eventually("compared", () -> pair.a().table("shelf").drift() == 0 && pair.b().table("shelf").drift() == 0);
            onB.vanish("kept");
            eventually("it is back", () -> "1".equals(onB.get("kept")));
            eventually("equal again", () -> pair.a().table("shelf").drift() == 0 && pair.b().table("shelf").drift() == 0);
            uninstall(handlers);
        }
    }

    @Test
    public void ofTwoHandlersTheOneWithTheHigherRankingIsUsedAndTheOtherTakesOver() throws Exception {
        try (Pair pair = Pair.inSync(context);
                Shelf onA = new Shelf(pair.a().context(), "shelf");
                Shelf onB = new Shelf(pair.b().context(), "shelf")) {
            List<Bundle> plain = installOnBoth(pair, "shelf-1");
            awaitHandler(pair, "com.vendor.shelf", "1.0.0");
            List<Bundle> better = installOnBoth(pair, "better");
            awaitHandler(pair, "com.vendor.better", "1.0.0");
            onA.put("one", "1");
            eventually("the better handlers copy", () -> "1".equals(onB.get("one")));
            assertEquals("one handler watches", 1, onA.watched());
            uninstall(better);
            awaitHandler(pair, "com.vendor.shelf", "1.0.0");
            onA.put("two", "2");
            eventually("the plain handlers copy", () -> "2".equals(onB.get("two")));
            uninstall(plain);
        }
    }

    @Test
    public void whatIsKeptForAMissingHandlerOutlivesTheFirewallThatHadIt() throws Exception {
        try (Pair pair = Pair.inSync(context);
                Shelf onA = new Shelf(pair.a().context(), "shelf");
                Shelf onB = new Shelf(pair.b().context(), "shelf")) {
            onA.put("before", "1");
            pair.a().context().installBundle(pair.vendorBundle("shelf-1").toUri().toString()).start();
            eventually("kept on fw-b", () -> pair.b().table("shelf").kept() == 1);
            onA.put("later", "2");
            eventually("the change is kept, too", () -> pair.b().table("shelf").kept() == 2 && pair.a().table("shelf").lag() == 0);
            assertTrue(pair.a().table("shelf").detail(), pair.a().table("shelf").detail().startsWith("waiting for a handler on fw-b"));
            assertTrue(pair.b().table("shelf").detail(), pair.b().table("shelf").detail().startsWith("waiting for a handler on fw-b"));

            pair.a().bundle("twinwall.link.netty").uninstall();
            eventually("fw-b has taken over", () -> pair.b().is(Role.ACTIVE));
            pair.stopA();
            assertNull(onB.get("before"));
            Bundle handler = pair.b().context().installBundle(pair.vendorBundle("shelf-1").toUri().toString());
            handler.start();
            eventually("the entries are there", () -> "1".equals(onB.get("before")) && "2".equals(onB.get("later")));
            eventually("nothing is kept any more", () -> pair.b().table("shelf").kept() == 0);
            uninstall(List.of(handler));
        }
    }

    private static void awaitShelf(Pair pair, String version) {
        awaitHandler(pair, "com.vendor.shelf", version);
    }

    private static void awaitHandler(Pair pair, String bundle, String version) {
        for (Firewall firewall : List.of(pair.a(), pair.b())) {
            eventually(bundle + " " + version + " works on both", () -> {
                var table = firewall.table("shelf");
                return table.handler().bundle().equals(bundle) && table.handler().version().equals(version) && table.inSync();
            });
        }
    }

    private static List<Bundle> installOnBoth(Pair pair, String name) throws Exception {
        List<Bundle> installed = new ArrayList<>();
        for (Firewall firewall : List.of(pair.a(), pair.b())) {
            Bundle bundle = firewall.context().installBundle(pair.vendorBundle(name).toUri().toString());
            bundle.start();
            installed.add(bundle);
        }
        return installed;
    }

    private static void update(Pair pair, List<Bundle> handlers) throws Exception {
        for (Bundle handler : handlers) {
            handler.update(Files.newInputStream(pair.vendorBundle("shelf-2")));
            refresh(frameworkOf(handler), handler);
        }
    }

    private static void uninstall(List<Bundle> handlers) throws Exception {
        for (Bundle handler : handlers) {
            Bundle framework = frameworkOf(handler);
            handler.uninstall();
            refresh(framework, handler);
        }
    }

    /** Drops the old classes. Asked of the bundle's own framework, which an uninstalled bundle does not tell any more. */
    static void refresh(Bundle framework, Bundle bundle) throws InterruptedException {
        CountDownLatch done = new CountDownLatch(1);
        framework.adapt(FrameworkWiring.class).refreshBundles(List.of(bundle), event -> done.countDown());
        assertTrue(done.await(30, TimeUnit.SECONDS));
    }

    static Bundle frameworkOf(Bundle bundle) {
        return bundle.getBundleContext().getBundle(Constants.SYSTEM_BUNDLE_ID);
    }

    private static WeakReference<ClassLoader> loader(Bundle bundle) {
        return new WeakReference<>(bundle.adapt(BundleWiring.class).getClassLoader());
    }

    private static void assertNothingLeftBehind(Shelf onA, Shelf onB, List<WeakReference<ClassLoader>> loaders) {
        eventually("nobody watches the shelves", () -> onA.watched() + onB.watched() == 0);
        eventually("the handler's threads have ended", () -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().startsWith("shelf")));
        eventually("the handler's classes are gone", () -> {
            System.gc();
            return loaders.stream().allMatch(loader -> loader.get() == null);
        });
    }
}
