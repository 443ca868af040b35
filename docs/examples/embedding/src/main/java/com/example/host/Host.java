/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package com.example.host;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.jar.JarFile;
import java.util.stream.Stream;

import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;
import org.osgi.util.tracker.ServiceTracker;
import twinwall.firewall.FirewallTable;
import twinwall.firewall.Ip4;
import twinwall.group.ForwardingLease;
import twinwall.group.HotStandbyGroup;
import twinwall.group.Role;
import twinwall.group.RoleListener;
import twinwall.record.Key;

/** Your program: a firewall of your own that has its sessions backed up by Twinwall, in a framework that you start. */
public final class Host {

    /** One class of each package that your program shares with the bundles; their jars are on your class path. */
    private static final List<Class<?>> SHARED = List.of(FirewallTable.class, HotStandbyGroup.class, Key.class);

    private static final List<String> LAST = List.of("org.apache.felix.scr", "twinwall.engine");

    private final SessionTable sessions = new SessionTable();
    private volatile Role role = Role.INITIALIZING;

    /** Arguments: the folder with Twinwall's bundles, and the firewall's config folder. */
    public static void main(String[] arguments) throws Exception {
        new Host().run(Path.of(arguments[0]), Path.of(arguments[1]).toAbsolutePath());
    }

    private void run(Path bundles, Path config) throws IOException, BundleException {
        Framework framework = ServiceLoader.load(FrameworkFactory.class).findFirst().orElseThrow().newFramework(properties(config));
        framework.init();
        BundleContext context = framework.getBundleContext();
        context.registerService(FirewallTable.class, sessions, new Hashtable<>(Map.of(FirewallTable.TABLE, "ipv4-session")));
        context.registerService(RoleListener.class, change -> role = change.to(), null);
        List<Bundle> installed = install(context, bundles);
        framework.start();
        // The engine counts missed hellos from its first moment on: what it needs is there before it.
        installed.sort(Comparator.comparing(bundle -> LAST.indexOf(bundle.getSymbolicName())));
        for (Bundle bundle : installed) {
            bundle.start();
        }
        serve(context);
        framework.stop();
    }

    /** What Twinwall's bundles read: where the settings and keys are. */
    private static Map<String, String> properties(Path config) throws IOException {
        Map<String, String> properties = new HashMap<>();
        properties.put("twinwall.config.dir", config.toString());
        properties.put("felix.fileinstall.dir", config.toString());
        properties.put("felix.fileinstall.filter", ".*\\.cfg");
        properties.put("felix.fileinstall.noInitialDelay", "true");
        properties.put("felix.fileinstall.tmpdir", config.resolve("cache/fileinstall").toString());
        properties.put(Constants.FRAMEWORK_STORAGE, config.resolve("cache").toString());
        properties.put(Constants.FRAMEWORK_STORAGE_CLEAN, Constants.FRAMEWORK_STORAGE_CLEAN_ONFIRSTINIT);
        List<String> packages = new ArrayList<>();
        for (Class<?> type : SHARED) {
            packages.add(header(jar(type), Constants.EXPORT_PACKAGE));
        }
        packages.add("com.sun.net.httpserver");
        properties.put(Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA, String.join(",", packages));
        return properties;
    }

    /** Every bundle but the firewall that yours replaces, and those that your program shares. */
    private static List<Bundle> install(BundleContext context, Path folder) throws IOException, BundleException {
        List<String> leftOut = new ArrayList<>(List.of("twinwall.firewall.embedded"));
        for (Class<?> type : SHARED) {
            leftOut.add(header(jar(type), Constants.BUNDLE_SYMBOLICNAME));
        }
        List<Bundle> installed = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(name -> name.toString().endsWith(".jar")).sorted().toList()) {
                if (!leftOut.contains(header(file, Constants.BUNDLE_SYMBOLICNAME))) {
                    installed.add(context.installBundle(file.toUri().toString()));
                }
            }
        }
        return installed;
    }

    private static Path jar(Class<?> type) {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().getPath());
    }

    private static String header(Path jar, String name) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            return file.getManifest().getMainAttributes().getValue(name);
        }
    }

    /** Stands for your packet path: {@code open} and {@code packet} with the two ends of a connection, {@code sessions}, {@code status}. */
    private void serve(BundleContext context) throws IOException {
        ServiceTracker<HotStandbyGroup, HotStandbyGroup> group = new ServiceTracker<>(context, HotStandbyGroup.class, null);
        ServiceTracker<ForwardingLease, ForwardingLease> lease = new ServiceTracker<>(context, ForwardingLease.class, null);
        group.open();
        lease.open();
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] words = line.split(" ");
            boolean forwards = role == Role.ACTIVE && lease.getService() != null && lease.getService().valid();
            System.out.println(switch (words[0]) {
                case "status" -> role + " " + (group.getService() != null && group.getService().status().ready() ? "ready" : "not ready");
                case "sessions" -> String.valueOf(sessions.size());
                case "open" -> forwards ? open(flow(words)) : "standby";
                case "packet" -> !forwards ? "standby" : sessions.knows(flow(words)) ? "forwarded" : "dropped";
                default -> "open, packet, sessions or status";
            });
        }
    }

    private String open(SessionTable.Flow flow) {
        sessions.opened(flow);
        return "opened";
    }

    private static SessionTable.Flow flow(String[] words) {
        return new SessionTable.Flow(address(words[1]), port(words[1]), address(words[2]), port(words[2]));
    }

    private static Ip4 address(String end) {
        int bits = 0;
        for (String octet : end.substring(0, end.indexOf(':')).split("\\.")) {
            bits = bits << 8 | Integer.parseInt(octet);
        }
        return new Ip4(bits);
    }

    private static int port(String end) {
        return Integer.parseInt(end.substring(end.indexOf(':') + 1));
    }
}
