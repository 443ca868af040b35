/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.tables;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import twinwall.run.node.PairFolder;
import twinwall.run.pair.FirewallPair;

/**
 * What a pair of firewalls must be told so that all of these preparations work on it: settings, rules, files, ports. For one thread, but
 * for {@link #port}.
 */
public final class Preparations implements FirewallPair.Settings {

    private static final String FIREWALL = "twinwall.firewall.embedded";
    private static final String DEFAULT_RULES = "allow inside->outside; deny any->any";

    private final List<Preparation> all;
    private final Map<String, String> decided;
    private final Map<String, Ports> ports = new HashMap<>();

    /** Of those, which agree about their settings. */
    public Preparations(List<? extends Preparation> all) {
        this(all, Map.of());
    }

    /**
     * Of those.
     *
     * @param decided settings of {@code twinwall.firewall.embedded} that hold whatever a preparation says
     */
    public Preparations(List<? extends Preparation> all, Map<String, String> decided) {
        this.all = List.copyOf(all);
        this.decided = Map.copyOf(decided);
    }

    /** Each of them. */
    public List<Preparation> all() {
        return all;
    }

    @Override
    public void tell(PairFolder.Plan plan) {
        Map<String, String> settings = new TreeMap<>();
        List<String> rules = new ArrayList<>();
        for (Preparation preparation : all) {
            preparation.settings().forEach((key, value) -> {
                String before = settings.put(key, value);
                if (before != null && !before.equals(value) && !decided.containsKey(key)) {
                    throw new IllegalStateException(preparation.type() + " needs " + key + "=" + value + ", another scenario of this pair "
                            + before);
                }
            });
            rules.addAll(preparation.rules());
        }
        rules.add(DEFAULT_RULES);
        settings.put("rules", String.join("; ", rules));
        settings.putAll(decided);
        settings.forEach((key, value) -> plan.with(FIREWALL, key, value));
    }

    /** Fills in what differs between the two: ports and folders. */
    @Override
    public void addFiles(PairFolder.Side side) throws IOException {
        Path file = side.folder().resolve(FIREWALL + ".cfg");
        Files.writeString(file, filledIn(side, Files.readString(file)));
        for (Preparation preparation : all) {
            for (Map.Entry<String, String> each : preparation.files().entrySet()) {
                Path path = side.folder().resolve(each.getKey());
                Files.deleteIfExists(path);
                Files.createFile(path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
                Files.writeString(path, filledIn(side, each.getValue()));
            }
        }
    }

    private String filledIn(PairFolder.Side side, String text) {
        return ports(side.name()).in(text).replace("${config}", side.folder().toString());
    }

    private synchronized Ports ports(String firewall) {
        return ports.computeIfAbsent(firewall, any -> new Ports());
    }

    /** The port that stands for {@code ${port:NAME}} in the settings of that firewall. */
    public int port(String firewall, String name) {
        return ports(firewall).of(name);
    }
}
