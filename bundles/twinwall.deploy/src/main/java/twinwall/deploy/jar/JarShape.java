/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.deploy.jar;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

import twinwall.group.FileVerdict;

/**
 * Unpacks a jar to nowhere, counting: refuses one that is damaged, has too much in it, or names that lead out of where it is unpacked. What
 * has passed may be read by others without bounds of their own.
 */
final class JarShape {

    private static final int PART = 8192;

    private final JarLimits limits;
    private final byte[] part = new byte[PART];
    private long unpacked;

    private JarShape(JarLimits limits) {
        this.limits = limits;
    }

    static void check(Path jar, JarLimits limits) throws Refused, IOException {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            new JarShape(limits).check(zip);
        }
    }

    private void check(ZipFile zip) throws Refused, IOException {
        if (zip.size() > limits.entries()) {
            throw new Refused(FileVerdict.TOO_LARGE, "It has " + zip.size() + " entries, more than max_entries=" + limits.entries() + ".");
        }
        Set<String> names = new HashSet<>();
        for (ZipEntry entry : Collections.list(zip.entries())) {
            checkName(entry.getName());
            if (!names.add(comparable(entry.getName()))) {
                throw new Refused(FileVerdict.NOT_A_JAR, "It has two entries named " + printable(entry.getName()) + ".");
            }
            long bytes = unpack(zip, entry);
            if (entry.isDirectory() && bytes > 0) {
                throw new Refused(FileVerdict.NOT_A_JAR, "Its folder " + printable(entry.getName()) + " has content.");
            }
            if (bytes != entry.getSize()) {
                throw new Refused(FileVerdict.NOT_A_JAR, "It is damaged: " + printable(entry.getName()) + " has " + bytes + " bytes, not "
                    + entry.getSize() + ".");
            }
        }
    }

    private static void checkName(String name) throws Refused {
        boolean leadsOut = name.startsWith("/") || name.contains("\\") || name.contains(":")
            || ("/" + name + "/").contains("/../") || name.chars().anyMatch(Character::isISOControl);
        if (leadsOut || name.isEmpty()) {
            throw new Refused(FileVerdict.NOT_A_JAR, "Its entry " + printable(name) + " has a name that leads out of the jar.");
        }
    }

    /** In META-INF/ Java does not tell upper and lower case apart and a framework does: the two must not read different manifests. */
    private static String comparable(String name) {
        String upper = name.toUpperCase(Locale.ROOT);
        return upper.startsWith("META-INF/") ? upper : name;
    }

    private long unpack(ZipFile zip, ZipEntry entry) throws Refused, IOException {
        boolean description = isDescription(entry.getName());
        long bytes = 0;
        try (InputStream in = zip.getInputStream(entry)) {
            for (int n = in.read(part); n >= 0; n = in.read(part)) {
                bytes += n;
                unpacked += n;
                if (unpacked > limits.unpackedBytes()) {
                    throw new Refused(FileVerdict.TOO_LARGE, "Unpacked it has more than " + (limits.unpackedBytes() >> 20)
                        + " MiB, as max_unpacked_mib allows. Was it made to fill memory or disk?");
                }
                if (description && bytes > JarLimits.DESCRIPTION_BYTES) {
                    throw new Refused(FileVerdict.TOO_LARGE, "Its " + printable(entry.getName()) + " has more than "
                        + JarLimits.DESCRIPTION_BYTES + " bytes.");
                }
            }
        }
        return bytes;
    }

    /** Files that are read as a whole, by Java or here. */
    private static boolean isDescription(String name) {
        String upper = name.toUpperCase(Locale.ROOT);
        return upper.startsWith("META-INF/") && upper.indexOf('/', "META-INF/".length()) < 0
            && (upper.endsWith(".MF") || SignatureCheck.isOfSignature(name));
    }

    private static String printable(String name) {
        String clean = name.replaceAll("\\p{Cntrl}", "?");
        return "'" + (clean.length() > 80 ? clean.substring(0, 80) + "..." : clean) + "'";
    }
}
