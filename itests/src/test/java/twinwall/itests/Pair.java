/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.itests;

import static twinwall.itests.Eventually.eventually;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.launch.Framework;
import twinwall.group.Role;
import twinwall.group.TableStatus;

/**
 * Two firewalls that back each other up over TLS: {@code fw-a}, active, in a framework of its own, and {@code fw-b}, standby, in the
 * framework that runs the test. Both begin with empty tables and are gone when the pair is closed.
 */
final class Pair implements AutoCloseable {

    private static final long STOP_MILLIS = 20_000;

    private final BundleContext here;
    private final Path work;
    private final Map<String, String> settings;
    private final Firewall b;
    private Framework framework;
    private Firewall a;

    private Pair(BundleContext here, Map<String, String> settings) {
        this.here = here;
        this.settings = settings;
        this.work = Path.of(here.getProperty("twinwall.itests.work"));
        this.b = new Firewall(here, work.resolve("b"));
    }

    /**
     * Starts both; returns once every table is in sync. Settings are pairs of {@code PID/setting} and value, for both firewalls; or of
     * {@code a:PID/setting} and value, for that one.
     */
    static Pair inSync(BundleContext here, String... settings) throws IOException, BundleException {
        Map<String, String> changed = new TreeMap<>();
        for (int i = 0; i < settings.length; i += 2) {
            changed.put(settings[i], settings[i + 1]);
        }
        Pair pair = new Pair(here, changed);
        try {
            pair.startA();
            pair.startB();
            pair.awaitSync(pair.balances() ? Role.LOAD_BALANCING : Role.ACTIVE);
            return pair;
        } catch (Throwable e) {
            pair.close();
            throw e;
        }
    }

    private Map<String, String> settingsOf(String side) {
        Map<String, String> own = new TreeMap<>();
        settings.forEach((key, value) -> own.put(key.startsWith(side) ? key.substring(side.length()) : key, value));
        return own;
    }

    /** The firewall in its own framework. */
    Firewall a() {
        return a;
    }

    /** The firewall in the framework that runs the test. */
    Firewall b() {
        return b;
    }

    Path vendorBundle(String name) {
        return work.resolve("vendor").resolve(name + ".jar");
    }

    /** Starts {@code fw-a}, again after it was stopped, with empty tables. */
    void startA() throws IOException, BundleException {
        Path folder = work.resolve("a");
        Files.deleteIfExists(folder.resolve("packets.port"));
        Settings.apply(folder, settingsOf("a:"));
        framework = SecondFramework.start(here, folder);
        a = new Firewall(framework.getBundleContext(), folder);
        eventually("fw-a has an engine", a::hasEngine);
    }

    private void startB() throws IOException {
        Files.deleteIfExists(b.folder().resolve("packets.port"));
        Settings.apply(b.folder(), settingsOf("b:"));
        eventually("fw-b has an engine", b::hasEngine);
    }

    /** Waits until both have every table, and {@code fw-a} has that role. */
    void awaitSync(Role roleOfA) {
        Role roleOfB = roleOfA == Role.LOAD_BALANCING ? roleOfA : roleOfA == Role.ACTIVE ? Role.STANDBY : Role.ACTIVE;
        eventually("fw-a is " + roleOfA + ", fw-b is " + roleOfB + ", and each knows it of the other", () -> a.is(roleOfA) && b.is(roleOfB)
                && a.status().peer().role() == roleOfB && b.status().peer().role() == roleOfA);
        eventually("all tables are in sync", () -> a.inSync(tables()) && b.inSync(tables()));
        if (confidential()) {
            eventually("both are ready, and each knows it of the other", () -> a.status().ready() && b.status().ready()
                    && a.status().peer().ready() && b.status().peer().ready());
        }
    }

    private boolean balances() {
        return "load-balancing".equals(settings.get("twinwall.group/networking"));
    }

    private boolean confidential() {
        return !"false".equals(settings.get("twinwall.link-a/tls"));
    }

    /** The tables that come into sync over this link. */
    List<String> tables() {
        return confidential() ? Firewall.TABLES
                : Firewall.TABLES.stream().filter(type -> !Firewall.SENSITIVE_TABLES.contains(type)).toList();
    }

    /** Waits until everything that happened on {@code fw-a} is on {@code fw-b}. */
    void awaitCopied() {
        eventually("nothing of fw-a lags behind", () -> a.status().tables().stream().filter(TableStatus::backedUp)
                .allMatch(table -> table.lag() == 0 && table.inSync()));
    }

    /** Stops {@code fw-a} as an operator would. */
    void stopA() throws BundleException {
        if (framework == null) {
            return;
        }
        framework.stop();
        try {
            if (framework.waitForStop(STOP_MILLIS).getType() == FrameworkEvent.WAIT_TIMEDOUT) {
                throw new AssertionError("fw-a did not stop within " + STOP_MILLIS + " ms");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
        framework = null;
    }

    @Override
    public void close() throws BundleException {
        try {
            stopA();
        } finally {
            Settings.remove(work.resolve("a"));
            Settings.remove(work.resolve("b"));
            eventually("fw-b is without a configuration", () -> !b.hasEngine() && !b.isConfigured());
        }
    }
}
