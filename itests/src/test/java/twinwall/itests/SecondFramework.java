/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.itests;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRevision;

/**
 * A second Felix beside the one that runs the test, with the same bundles. The packages through which a test looks at a firewall come from
 * the first framework, so that both firewalls can be looked at in the same way.
 */
final class SecondFramework {

    private static final List<String> SHARED = List.of("twinwall.group", "twinwall.firewall", "twinwall.record");

    private SecondFramework() {
    }

    /** Starts it with the configuration in a folder. */
    static Framework start(BundleContext first, Path folder) throws BundleException {
        Map<String, String> properties = new HashMap<>(Settings.frameworkProperties(folder));
        properties.put(Constants.FRAMEWORK_STORAGE, folder.resolve("bundles").toString());
        properties.put(Constants.FRAMEWORK_STORAGE_CLEAN, Constants.FRAMEWORK_STORAGE_CLEAN_ONFIRSTINIT);
        properties.put(Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA, String.join(",",
                SHARED.stream().map(name -> name + ";version=" + version(first, name)).toList()));
        // The first framework has them.
        properties.put("felix.service.urlhandlers", "false");
        Framework framework = factory(first).newFramework(properties);
        framework.init();
        List<Bundle> bundles = new ArrayList<>();
        for (Bundle bundle : first.getBundles()) {
            if (isOfNode(bundle) && !SHARED.contains(bundle.getSymbolicName())) {
                bundles.add(framework.getBundleContext().installBundle(bundle.getLocation()));
            }
        }
        framework.start();
        for (Bundle bundle : bundles) {
            bundle.start();
        }
        return framework;
    }

    /** Of a package that a bundle of the first framework exports. */
    private static Object version(BundleContext first, String packageName) {
        for (Bundle bundle : first.getBundles()) {
            BundleRevision revision = bundle.adapt(BundleRevision.class);
            for (BundleCapability capability : revision.getDeclaredCapabilities(BundleRevision.PACKAGE_NAMESPACE)) {
                if (packageName.equals(capability.getAttributes().get(BundleRevision.PACKAGE_NAMESPACE))) {
                    return capability.getAttributes().get(Constants.VERSION_ATTRIBUTE);
                }
            }
        }
        throw new IllegalStateException("Nobody exports " + packageName);
    }

    private static boolean isOfNode(Bundle bundle) {
        return bundle.getBundleId() != Constants.SYSTEM_BUNDLE_ID && bundle.getLocation().contains("/export/node/");
    }

    private static FrameworkFactory factory(BundleContext first) {
        URL felix = first.getBundle(Constants.SYSTEM_BUNDLE_ID).getClass().getProtectionDomain().getCodeSource().getLocation();
        ClassLoader loader = new URLClassLoader(new URL[] {felix}, new ApiOfFirst());
        try {
            Class<?> factory = loader.loadClass("org.apache.felix.framework.FrameworkFactory");
            return (FrameworkFactory) factory.getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("Felix is not at " + felix, e);
        }
    }

    /** Gives Felix the OSGi API and the shared packages, as the test's own bundle sees them; nothing of the first Felix itself. */
    private static final class ApiOfFirst extends ClassLoader {

        private static final Bundle TEST = FrameworkUtil.getBundle(SecondFramework.class);

        ApiOfFirst() {
            super(ClassLoader.getPlatformClassLoader());
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            boolean shared = name.startsWith("org.osgi.") || SHARED.contains(name.substring(0, Math.max(0, name.lastIndexOf('.'))));
            if (!shared) {
                throw new ClassNotFoundException(name);
            }
            return TEST.loadClass(name);
        }
    }
}
