/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.itests;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import javax.tools.ToolProvider;

import aQute.bnd.osgi.Builder;
import aQute.bnd.osgi.Jar;
import org.osgi.annotation.versioning.ProviderType;
import org.osgi.service.component.annotations.Component;
import twinwall.spi.TableHandler;

/** Builds a vendor's handler bundles as the vendor's own build would, with bnd. Runs outside of the framework. */
final class VendorBundles {

    private static final String HANDLERS = "twinwall.itests.shelf";

    private VendorBundles() {
    }

    /**
     * Makes {@code shelf-1}, {@code shelf-2} (an update of it), {@code better} and {@code secret}; and updates that go wrong:
     * {@code broken}, {@code stuck}, {@code mute}, {@code clinging}, {@code needy}; and {@code impostor}, and {@code sly}, which is
     * {@code secret} with a manifest that does not tell of its table. Besides {@code on-brackets}, a handler that needs
     * {@code brackets-1}, of which {@code brackets-2} is an update, and {@code conscrypt}, which Netty could use.
     */
    static void make(Path folder) throws Exception {
        Files.createDirectories(folder);
        build(folder.resolve("shelf-1.jar"), "com.vendor.shelf", "1.0.0", "plain", "*");
        build(folder.resolve("shelf-2.jar"), "com.vendor.shelf", "1.1.0", "plain", "*");
        build(folder.resolve("better.jar"), "com.vendor.better", "1.0.0", "better", "*");
        build(folder.resolve("secret.jar"), "com.vendor.secret", "1.0.0", "secret", "*");
        hideTable(folder.resolve("secret.jar"), folder.resolve("sly.jar"), "com.vendor.sly");
        build(folder.resolve("impostor.jar"), "com.vendor.impostor", "1.0.0", "impostor", "*");
        for (String wrong : new String[] {"broken", "stuck", "mute", "clinging"}) {
            build(folder.resolve(wrong + ".jar"), "com.vendor.shelf", "1.2.0", wrong, "*");
        }
        build(folder.resolve("needy.jar"), "com.vendor.shelf", "1.3.0", "plain",
                "com.acme.brackets;version='[2,3)',twinwall.spi;version='[9,10)',*");
        build(folder.resolve("on-brackets.jar"), "com.vendor.shelf", "1.0.0", "plain", "com.acme.brackets;version='[1,2)',*");
        library(folder.resolve("brackets-1.jar"), "com.acme.brackets", "1.0.0", "com.acme.brackets");
        library(folder.resolve("brackets-2.jar"), "com.acme.brackets", "1.1.0", "com.acme.brackets");
        library(folder.resolve("conscrypt.jar"), "com.acme.conscrypt", "2.5.2", "org.conscrypt");
    }

    /** Makes {@code old.jar}: the handler of {@code shelf-1}, compiled against a release of the SPI. */
    static void makeFor(Path spi, Path folder) throws Exception {
        Path classes = Files.createDirectories(folder.resolve("old"));
        List<String> arguments = new ArrayList<>(List.of("-proc:none", "--release", "17", "-d", classes.toString(), "-cp",
                String.join(File.pathSeparator, spi.toString(), jarOf(Component.class).getPath(), jarOf(ProviderType.class).getPath())));
        for (String source : List.of("ShelfHandler", "plain/PlainShelf")) {
            arguments.add(Path.of(System.getProperty("twinwall.top"), "itests/src/test/java/twinwall/itests/shelf", source + ".java")
                    .toString());
        }
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        if (ToolProvider.getSystemJavaCompiler().run(null, said, said, arguments.toArray(String[]::new)) != 0) {
            throw new IllegalStateException("The handler does not compile against " + spi + ":\n" + said);
        }
        build(folder.resolve("old.jar"), "com.vendor.old", "1.0.0", "plain", "*", classes.toFile(), spi.toFile());
    }

    /** The same bundle by another name, whose manifest does not tell of a table. */
    private static void hideTable(Path bundle, Path file, String symbolicName) throws Exception {
        try (Jar jar = new Jar(bundle.toFile())) {
            Attributes headers = jar.getManifest().getMainAttributes();
            headers.putValue("Bundle-SymbolicName", symbolicName);
            headers.remove(new Attributes.Name("Provide-Capability"));
            jar.write(file.toFile());
        }
    }

    /** A bundle that exports a package with nothing in it but a text. */
    private static void library(Path file, String symbolicName, String version, String exported) throws Exception {
        try (Builder builder = new Builder()) {
            builder.setProperty("-includeresource", exported.replace('.', '/') + "/readme.txt;literal='nothing'");
            builder.setProperty("Export-Package", exported + ";version=" + version);
            write(builder, file, symbolicName, version);
        }
    }

    private static void build(Path file, String symbolicName, String version, String component, String imports) throws Exception {
        build(file, symbolicName, version, component, imports, new File(System.getProperty("twinwall.classes")), jarOf(TableHandler.class));
    }

    private static void build(Path file, String symbolicName, String version, String component, String imports, File classes, File spi)
            throws Exception {
        try (Builder builder = new Builder()) {
            builder.addClasspath(classes);
            builder.addClasspath(spi);
            builder.addClasspath(jarOf(Component.class));
            builder.setProperty("Import-Package", imports);
            builder.setProperty("Private-Package", HANDLERS + "," + HANDLERS + "." + component);
            write(builder, file, symbolicName, version);
        }
    }

    private static void write(Builder builder, Path file, String symbolicName, String version) throws Exception {
        builder.setProperty("Bundle-SymbolicName", symbolicName);
        builder.setProperty("Bundle-Version", version);
        Jar jar = builder.build();
        if (!builder.isOk()) {
            throw new IllegalStateException(symbolicName + ": " + builder.getErrors() + builder.getWarnings());
        }
        jar.write(file.toFile());
    }

    private static File jarOf(Class<?> type) throws Exception {
        return new File(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }
}
