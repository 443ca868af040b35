/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VendorJarsTest {

    @TempDir
    private Path folder;

    @Test
    void aVendorsBundleSaysWhatItIsAndItsClassesAreSigned() throws Exception {
        VendorJars vendor = VendorJars.in(folder);
        vendor.trustedBy(folder);
        assertThat(folder.resolve("signers/vendor.crt")).exists();
        try (JarFile jar = new JarFile(vendor.handler("2.0.0", 2, "LeasesV2").toFile())) {
            Attributes headers = jar.getManifest().getMainAttributes();
            assertThat(headers.getValue("Bundle-Version")).isEqualTo("2.0.0");
            assertThat(headers.getValue("Provide-Capability")).endsWith("twinwall.table=vendor-lease;schema:Long=2");
            JarEntry activator = jar.getJarEntry(headers.getValue("Bundle-Activator").replace('.', '/') + ".class");
            jar.getInputStream(activator).readAllBytes();
            assertThat(activator.getCodeSigners()).hasSize(1);
        }
    }
}
