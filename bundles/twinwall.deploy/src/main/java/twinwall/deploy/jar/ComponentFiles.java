/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.deploy.jar;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import twinwall.group.FileVerdict;

/**
 * What the descriptions of a bundle's components say about tables. They are read as text, for what bnd writes: this is a fence against a
 * mistake, not against malice, which a signature is for.
 *
 * @param sensitive types that a component marks as sensitive
 * @param firewallTables types of the firewall's tables that components ask for
 */
record ComponentFiles(Set<String> sensitive, Set<String> firewallTables) {

    private static final Pattern TYPE = Pattern.compile("name=\"backup\\.table\\.type\"[^>]*value=\"([a-z0-9-]{1,64})\"");
    private static final Pattern SENSITIVE = Pattern.compile("name=\"backup\\.table\\.sensitive\"[^>]*value=\"true\"");
    private static final Pattern FIREWALL_TABLE = Pattern.compile("firewall\\.table=([a-z0-9-]{1,64})");

    /** Reads every description below {@code OSGI-INF/}. */
    static ComponentFiles read(JarFile jar) throws Refused, IOException {
        ComponentFiles facts = new ComponentFiles(new HashSet<>(), new HashSet<>());
        for (Enumeration<JarEntry> entries = jar.entries(); entries.hasMoreElements();) {
            JarEntry entry = entries.nextElement();
            if (entry.getName().startsWith("OSGI-INF/") && entry.getName().endsWith(".xml")) {
                facts.add(text(jar, entry));
            }
        }
        return facts;
    }

    private static String text(JarFile jar, JarEntry entry) throws Refused, IOException {
        try (InputStream in = jar.getInputStream(entry)) {
            byte[] bytes = in.readNBytes(JarLimits.DESCRIPTION_BYTES + 1);
            if (bytes.length > JarLimits.DESCRIPTION_BYTES) {
                throw new Refused(FileVerdict.TOO_LARGE, "Its " + entry.getName() + " has more than " + JarLimits.DESCRIPTION_BYTES + ""
                    + " bytes.");
            }
            return new String(bytes, UTF_8);
        }
    }

    private void add(String xml) {
        Matcher type = TYPE.matcher(xml);
        if (type.find() && SENSITIVE.matcher(xml).find()) {
            sensitive.add(type.group(1));
        }
        Matcher table = FIREWALL_TABLE.matcher(xml);
        while (table.find()) {
            firewallTables.add(table.group(1));
        }
    }
}
