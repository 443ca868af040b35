/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.itests;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;
import static twinwall.itests.Eventually.eventually;

import java.lang.ref.WeakReference;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.inject.Inject;

import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.Constants;
import org.osgi.framework.SynchronousBundleListener;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.framework.wiring.FrameworkWiring;
import twinwall.group.Role;

/** An update reaches no further than it must: asked of the framework, and done. */
@RunWith(PaxExam.class)
public class RefreshClosureTest {

    private static final List<String> LEAVES = List.of("twinwall.engine", "twinwall.link.netty", "twinwall.management", "twinwall.monitor",
            "twinwall.hook", "twinwall.deploy", "twinwall.handler.session.ipv4", "twinwall.handler.session.ipv6",
            "twinwall.handler.nat.napt", "twinwall.handler.blacklist");

    @Inject
    private BundleContext context;

    @Configuration
    public Option[] node() {
        return Node.options(getClass());
    }

    private FrameworkWiring framework() {
        return context.getBundle(Constants.SYSTEM_BUNDLE_ID).adapt(FrameworkWiring.class);
    }

    private Bundle bundle(String symbolicName) {
        return Stream.of(context.getBundles()).filter(bundle -> symbolicName.equals(bundle.getSymbolicName())).findFirst().orElseThrow();
    }

    @Test
    public void refreshingTheEngineALinkOrAHandlerRestartsThatBundleOnly() {
        for (String leaf : LEAVES) {
            Set<String> restarted = framework().getDependencyClosure(List.of(bundle(leaf))).stream().map(Bundle::getSymbolicName)
                    .collect(toSet());
            assertEquals(Set.of(leaf), restarted);
        }
    }

    @Test
    public void nobodyIsWiredToTheEngineOrToAHandler() {
        for (String leaf : LEAVES) {
            assertEquals(leaf, List.of(), bundle(leaf).adapt(BundleWiring.class).getProvidedWires(null));
        }
    }

    @Test
    public void aRefreshedEngineComesBackAloneAndIntoSync() throws Exception {
        try (Pair pair = Pair.inSync(context)) {
            Map<String, ClassLoader> before = loaders();
            Set<String> started = ConcurrentHashMap.newKeySet();
            SynchronousBundleListener watching = event -> {
                if (event.getType() == BundleEvent.STARTED || event.getType() == BundleEvent.STOPPED) {
                    started.add(event.getBundle().getSymbolicName());
                }
            };
            context.addBundleListener(watching);
            refresh("twinwall.engine");
            eventually("the engine is back", pair.b()::hasEngine);
            context.removeBundleListener(watching);
            assertEquals(Set.of("twinwall.engine"), started);
            Map<String, ClassLoader> after = loaders();
            WeakReference<ClassLoader> old = new WeakReference<>(before.remove("twinwall.engine"));
            after.remove("twinwall.engine");
            assertEquals(before, after);
            pair.awaitSync(Role.ACTIVE);
            eventually("nothing holds on to the old engine", () -> {
                System.gc();
                return old.get() == null;
            });
        }
    }

    @Test
    public void aRefreshedEngineLetsGoOfHandlersAndTakesThemUpAgain() throws Exception {
        try (Pair pair = Pair.inSync(context); Shelf onB = new Shelf(context, "shelf")) {
            Bundle handler = context.installBundle(pair.vendorBundle("shelf-1").toUri().toString());
            handler.start();
            eventually("the engine watches the shelf", () -> onB.watched() == 1);
            refresh("twinwall.engine");
            eventually("the new engine works with the handler", () -> pair.b().table("shelf").handler() != null);
            eventually("it alone watches the shelf", () -> onB.watched() == 1);
            handler.uninstall();
            eventually("nobody watches the shelf", () -> onB.watched() == 0);
        }
    }

    private Map<String, ClassLoader> loaders() {
        return Stream.of(context.getBundles()).filter(bundle -> bundle.getSymbolicName().startsWith("twinwall."))
                .collect(toMap(Bundle::getSymbolicName, bundle -> bundle.adapt(BundleWiring.class).getClassLoader()));
    }

    private void refresh(String symbolicName) throws InterruptedException {
        CountDownLatch done = new CountDownLatch(1);
        framework().refreshBundles(List.of(bundle(symbolicName)), event -> done.countDown());
        assertTrue(done.await(30, TimeUnit.SECONDS));
    }
}
