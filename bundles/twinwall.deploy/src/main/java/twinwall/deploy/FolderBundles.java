/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.deploy;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.wiring.FrameworkWiring;
import twinwall.deploy.jar.JarFacts;
import twinwall.deploy.jar.Refused;
import twinwall.group.FileVerdict;

/**
 * Installs, updates and removes bundles in the framework, each step bounded in time. They are started transiently, so that a framework that
 * keeps its bundles does not start them again before the folder was looked at.
 */
final class FolderBundles {

    /** Begins the location of every bundle that came from the folder; its symbolic name follows. */
    static final String LOCATION = "twinwall.deploy:";

    private static final System.Logger LOG = System.getLogger(DeployConfig.PID);

    private final BundleContext context;
    private final DeploySettings settings;
    private final Bounded bounded = new Bounded();
    private int beside;

    FolderBundles(BundleContext context, DeploySettings settings) {
        this.context = context;
        this.settings = settings;
    }

    /** Bundles that came from the folder in an earlier life of this component or of the framework. */
    List<Bundle> found() {
        List<Bundle> found = new ArrayList<>();
        for (Bundle bundle : context.getBundles()) {
            if (bundle.getLocation().startsWith(LOCATION)) {
                found.add(bundle);
            }
        }
        return found;
    }

    /** Installs and starts a new one. Leaves nothing behind when it does not start. */
    InstalledBundle install(JarFacts facts, Path jar, String file) throws Refused, InterruptedException {
        return install(LOCATION + facts.name(), facts, jar, file);
    }

    private InstalledBundle install(String location, JarFacts facts, Path jar, String file) throws Refused, InterruptedException {
        Bundle bundle = step("Installing " + facts, settings.stopMillis(), () -> {
            try (InputStream in = Files.newInputStream(jar)) {
                return context.installBundle(location, in);
            }
        });
        try {
            start(bundle, facts.toString());
        } catch (Refused e) {
            discard(bundle, facts.toString());
            throw e;
        }
        return new InstalledBundle(bundle, facts.name(), facts.version(), facts.hash(), file);
    }

    /** Starts one that an earlier life left. */
    void start(Bundle bundle, String name) throws Refused, InterruptedException {
        step("Starting " + name, settings.startMillis(), () -> {
            bundle.start(Bundle.START_TRANSIENT);
            return null;
        });
    }

    /**
     * Replaces it by another version. When the old one does not stop, the new one is installed beside it, and the old one is left.
     *
     * @throws Refused when the new version does not start; what then is in the framework is to be updated again
     */
    InstalledBundle update(InstalledBundle old, JarFacts facts, Path jar, String file) throws Refused, InterruptedException {
        try {
            step("Stopping " + old, settings.stopMillis(), () -> {
                old.bundle().stop(Bundle.STOP_TRANSIENT);
                return null;
            });
        } catch (Refused e) {
            if (e.verdict() == FileVerdict.HANGS) {
                LOG.log(System.Logger.Level.ERROR, e.getMessage() + " " + facts + " is installed beside it.");
                return install(LOCATION + facts.name() + "#" + ++beside, facts, jar, file);
            }
            LOG.log(System.Logger.Level.WARNING, e.getMessage());
        }
        step("Updating to " + facts, settings.stopMillis(), () -> {
            try (InputStream in = Files.newInputStream(jar)) {
                old.bundle().update(in);
            }
            refresh(old.bundle());
            return null;
        });
        start(old.bundle(), facts.toString());
        return new InstalledBundle(old.bundle(), facts.name(), facts.version(), facts.hash(), file);
    }

    /** Stops it and takes it out of the framework; answers whether that went well. What does not stop is left and told. */
    boolean discard(Bundle bundle, String name) throws InterruptedException {
        try {
            step("Removing " + name, settings.stopMillis(), () -> {
                bundle.uninstall();
                refresh(bundle);
                return null;
            });
            return true;
        } catch (Refused e) {
            LOG.log(System.Logger.Level.ERROR, e.getMessage() + " It is left behind until this firewall restarts.");
            return false;
        }
    }

    private <T> T step(String what, long millis, Callable<T> code) throws Refused, InterruptedException {
        try {
            return bounded.call(what, millis, code);
        } catch (Bounded.Hung e) {
            throw new Refused(FileVerdict.HANGS, e.getMessage() + ".");
        } catch (ExecutionException e) {
            throw new Refused(FileVerdict.FAILED, what + " failed: " + reason(e.getCause()));
        }
    }

    private static String reason(Throwable e) {
        Throwable cause = e instanceof BundleException && e.getCause() != null ? e.getCause() : e;
        String message = cause.getMessage() == null ? cause.toString() : cause.getMessage();
        return message.endsWith(".") ? message : message + ".";
    }

    /** Drops old classes of it and of what uses it, waiting for that. */
    private void refresh(Bundle bundle) throws InterruptedException {
        CountDownLatch done = new CountDownLatch(1);
        wiring().refreshBundles(Set.of(bundle), event -> done.countDown());
        done.await(settings.stopMillis(), TimeUnit.MILLISECONDS);
    }

    /** Symbolic names of all that a refresh of the bundle restarts. */
    List<String> restartedWith(Bundle bundle) {
        return wiring().getDependencyClosure(Set.of(bundle)).stream().map(Bundle::getSymbolicName).sorted().toList();
    }

    private FrameworkWiring wiring() {
        return context.getBundle(Constants.SYSTEM_BUNDLE_ID).adapt(FrameworkWiring.class);
    }
}
