/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.deploy.jar;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;

import org.osgi.framework.Version;
import twinwall.group.FileVerdict;

/** Looks into jars. Whatever is in them, it ends in facts or in a {@link Refused}. */
public final class JarInspector {

    private static final String TABLE = "twinwall.table";
    private static final String NAME = "[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*";

    private final JarLimits limits;
    private final SignerList signers;

    /** {@code signers} is null when jars need no signature. */
    public JarInspector(JarLimits limits, SignerList signers) {
        this.limits = limits;
        this.signers = signers;
    }

    /** Looks into a file that nobody else writes. Reads it several times. */
    public JarFacts inspect(Path jar) throws Refused {
        try {
            if (Files.size(jar) > limits.bytes()) {
                throw new Refused(FileVerdict.TOO_LARGE, "It has " + Files.size(jar) + " bytes, more than max_jar_mib="
                    + (limits.bytes() >> 20)
                    + " allows.");
            }
            JarShape.check(jar, limits);
            String signer = signers == null ? "" : SignatureCheck.signer(jar, signers);
            try (JarFile file = new JarFile(jar.toFile(), false)) {
                return facts(file, hash(jar), signer);
            }
        } catch (IOException | RuntimeException e) {
            throw new Refused(FileVerdict.NOT_A_JAR, "It is not a whole jar (" + e.getMessage() + "). It is looked at again when it"
                + " changes.");
        }
    }

    /** Symbolic name that a jar gives itself, whoever made it; empty when it has none that can be read. */
    public String claimedName(Path jar) {
        try {
            if (Files.size(jar) > limits.bytes()) {
                return "";
            }
            JarShape.check(jar, limits);
            try (JarFile file = new JarFile(jar.toFile(), false)) {
                return file.getManifest() == null ? "" : name(file.getManifest().getMainAttributes());
            }
        } catch (IOException | RuntimeException | Refused e) {
            return "";
        }
    }

    private static JarFacts facts(JarFile jar, String hash, String signer) throws Refused, IOException {
        Manifest manifest = jar.getManifest();
        Attributes headers = manifest == null ? new Attributes() : manifest.getMainAttributes();
        String name;
        Version version;
        List<Clause> provided;
        List<Need> needs;
        try {
            name = name(headers);
            version = Version.parseVersion(headers.getValue("Bundle-Version"));
            provided = provided(headers);
            needs = Need.of(headers.getValue("Import-Package"), headers.getValue("Require-Bundle"), headers.getValue("Require-Capability"));
        } catch (IllegalArgumentException e) {
            throw new Refused(FileVerdict.NOT_A_BUNDLE, "Its manifest cannot be read: " + e.getMessage() + ". Build it with bnd.");
        }
        if (name.isEmpty() || !"2".equals(headers.getValue("Bundle-ManifestVersion"))) {
            throw new Refused(FileVerdict.NOT_A_BUNDLE, "It is a jar, but no OSGi bundle: its manifest lacks Bundle-SymbolicName or "
                + "Bundle-ManifestVersion: 2. Build it with bnd.");
        }
        if (headers.getValue("Fragment-Host") != null) {
            throw new Refused(FileVerdict.NOT_A_BUNDLE, "It is a fragment, which would become a part of "
                + headers.getValue("Fragment-Host")
                + ". A handler is a bundle of its own.");
        }
        ComponentFiles components = ComponentFiles.read(jar);
        return new JarFacts(hash, name, version, signer, tables(provided, components), components.firewallTables(),
            needs.stream().filter(need -> provided.stream().noneMatch(need::metBy)).toList(), provided);
    }

    private static String name(Attributes headers) {
        String header = headers.getValue("Bundle-SymbolicName");
        String name = header == null ? "" : Clause.read(header).get(0).paths().get(0);
        if (!name.isEmpty() && (name.length() > 200 || !name.matches(NAME))) {
            throw new IllegalArgumentException("Bundle-SymbolicName");
        }
        return name;
    }

    /** What the bundle offers, itself included. */
    private static List<Clause> provided(Attributes headers) {
        List<Clause> provided = new ArrayList<>(Clause.read(headers.getValue("Provide-Capability")));
        for (Clause clause : Clause.read(headers.getValue("Export-Package"))) {
            for (String path : clause.paths()) {
                String version = clause.text("version") == null ? "0.0.0" : clause.text("version");
                provided.add(Clause.read("osgi.wiring.package;osgi.wiring.package=" + path + ";version:Version=\"" + version
                    + "\"").get(0));
            }
        }
        return provided;
    }

    private static List<TableClaim> tables(List<Clause> provided, ComponentFiles components) {
        return provided.stream().filter(clause -> clause.paths().contains(TABLE) && clause.text(TABLE) != null)
            .map(clause -> new TableClaim(clause.text(TABLE), clause.attributes().get("schema") instanceof Long schema ? schema : 0,
                components.sensitive().contains(clause.text(TABLE)))).toList();
    }

    /** SHA-256 of a file, hexadecimal. */
    public static String hash(Path file) throws IOException {
        try (DigestInputStream in = new DigestInputStream(Files.newInputStream(file), MessageDigest.getInstance("SHA-256"))) {
            in.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(in.getMessageDigest().digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
