/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.suite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;

/** Writes the features from the list that the resolver made for {@code run/node}. */
public final class SuiteFeatures {

    private static final String DESCRIPTION = "Backs up the service tables of a firewall to a second firewall.";

    private SuiteFeatures() {
    }

    /**
     * Writes {@code features.xml} and {@code feature.json}.
     *
     * @param arguments the folder with the resolved bundles, Maven's list of dependencies, the version, the folder to write into
     */
    public static void main(String[] arguments) throws IOException {
        List<SuiteBundle> bundles = SuiteBundle.in(Path.of(arguments[0]), Path.of(arguments[1]));
        String version = arguments[2];
        Path folder = Files.createDirectories(Path.of(arguments[3]));
        Files.writeString(folder.resolve("features.xml"), karaf(bundles, version));
        Files.writeString(folder.resolve("feature.json"), osgi(bundles, version));
    }

    /** For {@code feature:repo-add}. What is not ours is installed only where the container has nothing like it. */
    static String karaf(List<SuiteBundle> bundles, String version) {
        StringBuilder xml = new StringBuilder("""
                <?xml version="1.0" encoding="UTF-8"?>
                <features name="twinwall-%1$s" xmlns="http://karaf.apache.org/xmlns/features/v1.5.0">
                  <feature name="twinwall" version="%1$s" description="%2$s">
                """.formatted(version, DESCRIPTION));
        for (SuiteBundle bundle : bundles) {
            xml.append("    <bundle").append(bundle.isOurs() ? "" : " dependency=\"true\"").append(">mvn:").append(bundle.group())
                .append('/').append(bundle.artifact()).append('/').append(bundle.version()).append("</bundle>\n");
        }
        return xml.append("  </feature>\n</features>\n").toString();
    }

    /** As chapter 159 of the OSGi Compendium, release 8, lays it out. */
    static String osgi(List<SuiteBundle> bundles, String version) {
        JsonObject feature = new JsonObject();
        feature.addProperty("feature-resource-version", "1.0");
        feature.addProperty("id", "twinwall:run:osgifeature:feature:" + version);
        feature.addProperty("name", "Twinwall");
        feature.addProperty("description", DESCRIPTION);
        feature.addProperty("license", "Apache-2.0");
        feature.addProperty("complete", true);
        JsonArray list = new JsonArray();
        for (SuiteBundle bundle : bundles) {
            JsonObject each = new JsonObject();
            each.addProperty("id", bundle.group() + ":" + bundle.artifact() + ":" + bundle.version());
            list.add(each);
        }
        feature.add("bundles", list);
        return new GsonBuilder().setPrettyPrinting().create().toJson(feature) + "\n";
    }
}
