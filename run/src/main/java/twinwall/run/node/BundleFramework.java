/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;
import org.osgi.framework.wiring.BundleRevision;

/** The OSGi framework of a node, with the bundles of a folder installed and started. */
final class BundleFramework {

    /** Started before the others, so that a component sees its settings from its first moment on. */
    private static final List<String> FIRST = List.of("org.apache.felix.configadmin", "org.apache.felix.fileinstall");
    /**
     * Started after the others: components then find all services of their kind at once. The engine is the very last: it begins to
     * count missed hellos when it starts, and on a busy machine its links might not be there in time.
     */
    private static final List<String> LAST = List.of("org.apache.felix.scr", "twinwall.engine");
    private static final String POLL_MILLIS = "1000";

    private final Framework framework;

    private BundleFramework(Framework framework) {
        this.framework = framework;
    }

    /** Makes the framework; nothing runs before {@link #start}. */
    static BundleFramework in(ConfigFolder folder) throws Refusal {
        FrameworkFactory factory = ServiceLoader.load(FrameworkFactory.class).findFirst()
            .orElseThrow(() -> new Refusal(Refusal.NOT_STARTED, "No OSGi framework is on the class path."));
        return new BundleFramework(factory.newFramework(properties(folder)));
    }

    private static Map<String, String> properties(ConfigFolder folder) {
        Map<String, String> properties = new HashMap<>();
        properties.put("twinwall.config.dir", folder.path().toString());
        properties.put(Constants.FRAMEWORK_STORAGE, folder.cache().toString());
        // What the folder says counts, never what a former run left behind.
        properties.put(Constants.FRAMEWORK_STORAGE_CLEAN, Constants.FRAMEWORK_STORAGE_CLEAN_ONFIRSTINIT);
        properties.put("felix.fileinstall.dir", folder.path().toString());
        properties.put("felix.fileinstall.filter", ".*\\.cfg");
        properties.put("felix.fileinstall.subdir.mode", "skip");
        properties.put("felix.fileinstall.poll", POLL_MILLIS);
        properties.put("felix.fileinstall.noInitialDelay", "true");
        properties.put("felix.fileinstall.enableConfigSave", "false");
        properties.put("felix.fileinstall.optionalImportRefreshScope", "none");
        properties.put("felix.fileinstall.tmpdir", folder.cache().resolve("fileinstall").toString());
        properties.put("ds.loglevel", "error");
        return properties;
    }

    /**
     * Starts the framework and every bundle of the folders.
     *
     * @param without symbolic names of bundles that are left out
     * @throws Refusal with {@link Refusal#NOT_STARTED}, naming the bundles that do not start and why; with {@link Refusal#BAD_CONFIG} when
     *     there is no bundle of a name in {@code without}
     */
    void start(List<Path> bundleFolders, Set<String> without) throws Refusal {
        List<Path> jars = new ArrayList<>();
        for (Path folder : bundleFolders) {
            jars.addAll(jars(folder));
        }
        List<String> failures = new ArrayList<>();
        Set<String> unknown = new TreeSet<>(without);
        try {
            framework.init();
            List<Bundle> bundles = new ArrayList<>();
            for (Path jar : jars) {
                install(jar, bundles, failures);
            }
            for (Bundle bundle : bundles) {
                if (unknown.remove(bundle.getSymbolicName())) {
                    bundle.uninstall();
                }
            }
            bundles.removeIf(bundle -> bundle.getState() == Bundle.UNINSTALLED);
            if (!unknown.isEmpty() && failures.isEmpty()) {
                throw new Refusal("--without " + String.join(", ", unknown) + ": there is no such bundle in " + bundleFolders.get(0) + ".");
            }
            framework.start();
            for (Bundle bundle : inStartOrder(bundles)) {
                start(bundle, failures);
            }
        } catch (BundleException e) {
            failures.add("The framework does not start: " + e.getMessage());
        }
        if (!failures.isEmpty()) {
            throw new Refusal(Refusal.NOT_STARTED, String.join("\n", failures));
        }
    }

    private static List<Path> jars(Path folder) throws Refusal {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> jars = files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
            if (!jars.isEmpty()) {
                return jars;
            }
        } catch (IOException expected) {
            // told below
        }
        throw new Refusal(Refusal.NOT_STARTED, "No bundles are in " + folder + ". Cure: build again (mvn package).");
    }

    private void install(Path jar, List<Bundle> bundles, List<String> failures) {
        try {
            bundles.add(framework.getBundleContext().installBundle(jar.toUri().toString()));
        } catch (BundleException e) {
            failures.add("Bundle " + jar.getFileName() + " cannot be installed: it is not a whole bundle (" + e.getMessage() + ")");
        }
    }

    private static List<Bundle> inStartOrder(List<Bundle> bundles) {
        List<Bundle> order = new ArrayList<>(bundles);
        order.sort(Comparator.comparingInt(bundle -> {
            int first = FIRST.indexOf(bundle.getSymbolicName());
            return first >= 0 ? first : FIRST.size() + 1 + LAST.indexOf(bundle.getSymbolicName());
        }));
        return order;
    }

    private static void start(Bundle bundle, List<String> failures) {
        boolean fragment = (bundle.adapt(BundleRevision.class).getTypes() & BundleRevision.TYPE_FRAGMENT) != 0;
        if (fragment) {
            return;
        }
        try {
            bundle.start();
        } catch (BundleException e) {
            failures.add("Bundle " + bundle.getSymbolicName() + " " + bundle.getVersion() + " does not start: " + reason(e));
        }
    }

    private static String reason(BundleException e) {
        String message = String.valueOf(e.getMessage());
        return e.getType() == BundleException.RESOLVE_ERROR ? Unresolved.inPlainWords(message)
            : e.getCause() == null ? message : message + " (" + e.getCause() + ")";
    }

    /** A property of the service that has it, or null. */
    String serviceProperty(String key) {
        BundleContext context = framework.getBundleContext();
        if (context == null) {
            return null;
        }
        try {
            ServiceReference<?>[] found = context.getAllServiceReferences(null, "(" + key + "=*)");
            return found == null ? null : found[0].getProperty(key).toString();
        } catch (InvalidSyntaxException e) {
            throw new IllegalArgumentException(key, e);
        }
    }

    /** Whether any bundle offers the service. */
    boolean offers(String service) {
        BundleContext context = framework.getBundleContext();
        try {
            return context != null && context.getAllServiceReferences(service, null) != null;
        } catch (InvalidSyntaxException e) {
            throw new IllegalArgumentException(service, e);
        }
    }

    /**
     * Waits until the framework has stopped, for whatever reason.
     *
     * @param millis at most, 0 for ever
     * @return whether it has
     */
    boolean awaitStop(long millis) throws InterruptedException {
        return framework.waitForStop(millis).getType() != FrameworkEvent.WAIT_TIMEDOUT;
    }

    /** Stops all bundles and answers whether that took no longer than allowed. */
    boolean stop(long millis) {
        try {
            framework.stop();
            return framework.waitForStop(millis).getType() != FrameworkEvent.WAIT_TIMEDOUT;
        } catch (BundleException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
