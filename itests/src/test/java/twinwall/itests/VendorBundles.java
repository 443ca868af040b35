/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.itests;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;

import aQute.bnd.osgi.Builder;
import aQute.bnd.osgi.Jar;
import org.osgi.service.component.annotations.Component;
import twinwall.spi.TableHandler;

/** Builds a vendor's handler bundles as the vendor's own build would, with bnd. Runs outside of the framework. */
final class VendorBundles {

    private static final String HANDLERS = "twinwall.itests.shelf";

    private VendorBundles() {
    }

    /** Makes {@code shelf-1}, {@code shelf-2} (an update of it), {@code better} and {@code secret}. */
    static void make(Path folder) throws Exception {
        Files.createDirectories(folder);
        build(folder.resolve("shelf-1.jar"), "com.vendor.shelf", "1.0.0", "plain");
        build(folder.resolve("shelf-2.jar"), "com.vendor.shelf", "1.1.0", "plain");
        build(folder.resolve("better.jar"), "com.vendor.better", "1.0.0", "better");
        build(folder.resolve("secret.jar"), "com.vendor.secret", "1.0.0", "secret");
    }

    private static void build(Path file, String symbolicName, String version, String component) throws Exception {
        try (Builder builder = new Builder()) {
            builder.addClasspath(new File(System.getProperty("twinwall.classes")));
            builder.addClasspath(jarOf(TableHandler.class));
            builder.addClasspath(jarOf(Component.class));
            builder.setProperty("Bundle-SymbolicName", symbolicName);
            builder.setProperty("Bundle-Version", version);
            builder.setProperty("Private-Package", HANDLERS + "," + HANDLERS + "." + component);
            Jar jar = builder.build();
            if (!builder.isOk()) {
                throw new IllegalStateException(symbolicName + ": " + builder.getErrors() + builder.getWarnings());
            }
            jar.write(file.toFile());
        }
    }

    private static File jarOf(Class<?> type) throws Exception {
        return new File(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }
}
