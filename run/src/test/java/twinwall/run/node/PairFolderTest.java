/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Properties;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PairFolderTest {

    @TempDir
    private static Path work;
    private static PairFolder pair;

    @BeforeAll
    static void makeOnce() throws Exception {
        pair = PairFolder.at(work.resolve("a"), work.resolve("b")).basePort(20000)
            .with("twinwall.group", "hello_interval_ms", "100").with("vendor.thing", "x", "1").make();
    }

    @Test
    void eachLinkEndKnowsTheOther() throws Exception {
        Properties a = settings(pair.a(), "twinwall.link~a");
        Properties b = settings(pair.b(), "twinwall.link~a");

        assertThat(a.getProperty("listen_port")).isEqualTo("20000").isEqualTo(b.getProperty("peer_port"));
        assertThat(b.getProperty("listen_port")).isEqualTo("20001").isEqualTo(a.getProperty("peer_port"));
        assertThat(settings(pair.a(), "twinwall.group").getProperty("peer")).isEqualTo("fw-b");
        assertThat(settings(pair.b(), "twinwall.group").getProperty("firewall")).isEqualTo("fw-b");
    }

    @Test
    void settingsAreGivenToBoth() throws Exception {
        for (PairFolder.Side side : new PairFolder.Side[] {pair.a(), pair.b()}) {
            assertThat(settings(side, "twinwall.group").getProperty("hello_interval_ms")).isEqualTo("100");
            assertThat(settings(side, "vendor.thing").getProperty("x")).isEqualTo("1");
        }
    }

    @Test
    void eachTrustsExactlyTheOthersCertificate() throws Exception {
        Path ofB = pair.b().folder().resolve("keys/fw-b.crt");
        KeyStore store = KeyStore.getInstance(pair.b().folder().resolve("keys/fw-b.p12").toFile(),
            Files.readString(pair.b().folder().resolve("keys/fw-b.password")).strip().toCharArray());
        X509Certificate certificate;
        try (var in = Files.newInputStream(pair.a().folder().resolve("keys/peer.crt"))) {
            certificate = (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        }

        assertThat(Files.readString(pair.a().folder().resolve("keys/peer.crt"))).isEqualTo(Files.readString(ofB));
        assertThat(store.getCertificate("fw-b")).isEqualTo(certificate);
        assertThat(certificate.getSubjectX500Principal().getName()).isEqualTo("CN=fw-b");
        assertThat(certificate.getPublicKey().getAlgorithm()).isEqualTo("EC");
    }

    @Test
    void bothFoldersAreReadyToStart() throws Exception {
        for (PairFolder.Side side : new PairFolder.Side[] {pair.a(), pair.b()}) {
            ConfigFolder folder = new ConfigFolder(side.folder());
            folder.validate();
            folder.prepare(warning -> assertThat(warning).isNull(), news -> assertThat(news).isNull());
            assertThat(side.token()).hasSize(43);
        }
    }

    @Test
    void portsAreUnknownUntilTheNodeWritesThem() throws Exception {
        assertThat(pair.a().managementPort()).isZero();
        assertThat(pair.a().packetPort()).isZero();
        Files.writeString(pair.b().folder().resolve("management.port"), "4711\n");
        assertThat(pair.b().managementPort()).isEqualTo(4711);
    }

    @Test
    void aFolderInUseANameTwiceOrABadPortIsRefused() {
        assertThatThrownBy(() -> PairFolder.at(work.resolve("a"), work.resolve("c")).make()).hasMessageContaining("already holds");
        assertThatThrownBy(() -> PairFolder.at(work.resolve("c"), work.resolve("d")).named("x", "x").make())
            .hasMessageContaining("different names");
        assertThatThrownBy(() -> PairFolder.at(work.resolve("c"), work.resolve("d")).basePort(65535).make())
            .hasMessageContaining("65535");
        assertThat(work.resolve("c")).doesNotExist();
    }

    private static Properties settings(PairFolder.Side side, String pid) throws Exception {
        Properties settings = new Properties();
        try (Reader in = Files.newBufferedReader(side.folder().resolve(SettingsFile.fileName(pid)))) {
            settings.load(in);
        }
        return settings;
    }
}
