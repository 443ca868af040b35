/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.deploy.jar;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.VersionRange;

/**
 * Something that a bundle cannot run without.
 *
 * @param kind in words: {@code package}, {@code bundle}, {@code execution environment}, or a namespace
 * @param name of what is needed; empty when only the filter says it
 * @param range of versions that will do; null when any does or only the filter says it
 * @param namespace of the capabilities that may provide it
 * @param filter that these must match; null when any does
 */
public record Need(String kind, String name, VersionRange range, String namespace, String filter) {

    private static final String PACKAGE = "osgi.wiring.package";
    private static final String BUNDLE = "osgi.wiring.bundle";

    /** All that these headers demand at resolve time. */
    static List<Need> of(String importPackage, String requireBundle, String requireCapability) {
        List<Need> needs = new ArrayList<>();
        for (Clause clause : Clause.read(importPackage)) {
            for (String path : clause.paths()) {
                if (!isOptional(clause) && !path.startsWith("java.")) {
                    needs.add(versioned("package", PACKAGE, path, clause, "version"));
                }
            }
        }
        for (Clause clause : Clause.read(requireBundle)) {
            if (!isOptional(clause)) {
                needs.add(versioned("bundle", BUNDLE, clause.paths().get(0), clause, "bundle-version"));
            }
        }
        for (Clause clause : Clause.read(requireCapability)) {
            if (!isOptional(clause) && "resolve".equals(clause.directives().getOrDefault("effective", "resolve"))) {
                needs.add(capability(clause));
            }
        }
        return needs;
    }

    private static boolean isOptional(Clause clause) {
        return "optional".equals(clause.directives().get("resolution"));
    }

    private static Need versioned(String kind, String namespace, String name, Clause clause, String attribute) {
        StringBuilder filter = new StringBuilder("(&(").append(namespace).append('=').append(name).append(')');
        VersionRange range = clause.text(attribute) == null ? null : new VersionRange(clause.text(attribute));
        Map<String, Object> others = new LinkedHashMap<>(clause.attributes());
        others.remove(attribute);
        if (range != null) {
            filter.append(range.toFilterString(attribute));
        }
        others.forEach((key, value) -> filter.append('(').append(key).append('=').append(value).append(')'));
        return new Need(kind, name, range, namespace, checked(filter.append(')').toString()));
    }

    private static Need capability(Clause clause) {
        String filter = clause.directives().get("filter");
        return new Need("osgi.ee".equals(clause.paths().get(0)) ? "execution environment" : clause.paths().get(0), "", null,
            clause.paths().get(0), filter == null ? null : checked(filter));
    }

    private static String checked(String filter) {
        try {
            FrameworkUtil.createFilter(filter);
            return filter;
        } catch (InvalidSyntaxException e) {
            throw new IllegalArgumentException("no filter: " + filter, e);
        }
    }

    /** A filter for the same thing in any version; null when there is no such. */
    public String anyVersion() {
        return name.isEmpty() ? null : "(" + namespace + "=" + name + ")";
    }

    /** Attribute that has the version of what may provide it. */
    public String versionAttribute() {
        return namespace.equals(BUNDLE) ? "bundle-version" : "version";
    }

    /** Whether a capability with these attributes provides it. */
    public boolean metBy(Clause capability) {
        try {
            return capability.paths().contains(namespace)
                && (filter == null || FrameworkUtil.createFilter(filter).matches(capability.attributes()));
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What is needed, for example {@code package twinwall.spi from version 2.0.0 to below 3.0.0}. */
    public String inWords() {
        if (name.isEmpty()) {
            return kind + (filter == null ? "" : " " + filter);
        }
        return kind + " " + name + (range == null ? "" : versions());
    }

    private String versions() {
        String least = (range.getLeftType() == VersionRange.LEFT_OPEN ? " after version " : " from version ") + range.getLeft();
        if (range.getRight() == null) {
            return least;
        }
        return least + (range.getRightType() == VersionRange.RIGHT_OPEN ? " to below " : " to ") + range.getRight();
    }
}
