/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigFolderTest {

    @TempDir
    private static Path shared;
    private static FirewallKeys keys;

    @TempDir
    private Path path;
    private final List<String> warnings = new ArrayList<>();
    private final List<String> news = new ArrayList<>();

    @BeforeAll
    static void makeKeysOnce() throws Exception {
        keys = new FirewallKeys(shared.resolve("keys"), "fw-a");
        keys.makeMissing();
    }

    @BeforeEach
    void fill() throws Exception {
        write("twinwall.group", "firewall = fw-a\npeer = fw-b\n");
        SecretFiles.makeFolder(path.resolve("keys"));
        for (Path file : List.of(keys.store(), keys.password(), keys.certificate())) {
            Files.copy(file, path.resolve("keys").resolve(file.getFileName()), StandardCopyOption.COPY_ATTRIBUTES);
        }
        Files.copy(keys.certificate(), path.resolve("keys/peer.crt"));
        NewFolder.link("fw-a", "127.0.0.1", 7400, "127.0.0.1", 7401).write(path);
    }

    @Test
    void aWholeFolderIsAcceptedAndNothingIsMadeTwice() throws Exception {
        prepare();
        byte[] token = Files.readAllBytes(path.resolve("token"));
        news.clear();

        prepare();

        assertThat(news).isEmpty();
        assertThat(warnings).isEmpty();
        assertThat(Files.readAllBytes(path.resolve("token"))).isEqualTo(token).hasSize(44);
    }

    @Test
    void keysAndTokenAreForTheirOwnerOnly() throws Exception {
        prepare();

        assertThat(permissions("token")).isEqualTo("rw-------");
        assertThat(permissions("keys")).isEqualTo("rwx------");
        assertThat(permissions("keys/fw-a.p12")).isEqualTo("rw-------");
        assertThat(permissions("keys/fw-a.password")).isEqualTo("rw-------");
    }

    @Test
    void aSecretThatOthersCanReadIsRefusedWithTheCure() throws Exception {
        prepare();
        for (String secret : List.of("token", "keys/fw-a.p12", "keys/fw-a.password")) {
            Path file = path.resolve(secret);
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));

            assertThatThrownBy(this::prepare).isInstanceOf(Refusal.class).hasMessageEndingWith("Cure: chmod 600 " + file);

            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        }
    }

    @Test
    void aFolderThatIsNotThereOrEmptyIsRefusedWithTheCommandThatMakesOne() throws Exception {
        assertThatThrownBy(() -> new ConfigFolder(path.resolve("none")).validate())
            .hasMessageContaining("does not exist").hasMessageContaining("run/node init --config");
        Files.delete(path.resolve("twinwall.group.cfg"));
        assertThatThrownBy(() -> new ConfigFolder(path).validate())
            .hasMessageContaining("holds no twinwall.group.cfg").hasMessageContaining("run/node init --config");
        assertThatThrownBy(() -> new ConfigFolder(path.resolve("twinwall.link-a.cfg")).validate()).hasMessageContaining("is not a folder");
    }

    @Test
    void namesThatAreMissingEqualOrUnfitAreRefused() throws Exception {
        for (String names : List.of("peer = b", "firewall = a", "firewall = a\npeer = a", "firewall = ../a\npeer = b",
                "firewall = a b\npeer = b", "firewall =\npeer = b", "firewall = \\u00zz")) {
            write("twinwall.group", names);

            assertThatThrownBy(() -> new ConfigFolder(path).validate()).as(names).isInstanceOf(Refusal.class)
                .hasMessageContaining("twinwall.group.cfg");
        }
    }

    @Test
    void withoutThePeersCertificateTheNodeDoesNotStart() throws Exception {
        Files.delete(path.resolve("keys/peer.crt"));

        assertThatThrownBy(this::prepare).isInstanceOf(Refusal.class).hasMessageContaining("twinwall.link-a.cfg")
            .hasMessageEndingWith("Cure: copy keys/fw-b.crt of the peer to it.");
    }

    @Test
    void oneUsableLinkIsEnoughAndTheOtherIsNamed() throws Exception {
        write("twinwall.link~b", "keystore = keys/none.p12\n");

        prepare();

        assertThat(warnings).singleElement().asString().startsWith("twinwall.link-b.cfg: keystore=keys/none.p12");
    }

    @Test
    void withoutLinksTheFirewallRunsAloneAndSaysSo() throws Exception {
        Files.delete(path.resolve("twinwall.link-a.cfg"));

        prepare();

        assertThat(warnings).singleElement().asString().contains("No heartbeat link");
    }

    @Test
    void aFileNameThatWouldNotBeReadIsRefusedWithTheRightOne() throws Exception {
        Files.writeString(path.resolve("twinwall.link~b.cfg"), "");

        assertThatThrownBy(this::prepare).isInstanceOf(Refusal.class).hasMessageEndingWith("Cure: rename it to twinwall.link-b.cfg.");
    }

    @Test
    void portFilesOfAnEarlierRunAreForgotten() throws Exception {
        write("twinwall.management", "port_file = management.port\n");
        Files.writeString(path.resolve("management.port"), "4711\n");

        prepare();

        assertThat(path.resolve("management.port")).doesNotExist();
    }

    @Test
    void aSecondNodeIsKeptOffTheFolder() throws Exception {
        ConfigFolder folder = new ConfigFolder(path);
        try (AutoCloseable lock = folder.lock()) {
            assertThat(lock).isNotNull();
            assertThatThrownBy(folder::lock).isInstanceOf(Refusal.class).hasMessageContaining("in use by another node");
        }
        assertThatCode(() -> folder.lock().close()).doesNotThrowAnyException();
    }

    private void prepare() throws Exception {
        ConfigFolder folder = new ConfigFolder(path);
        folder.validate();
        folder.prepare(warnings::add, news::add);
    }

    private void write(String pid, String text) throws Exception {
        Files.writeString(path.resolve(SettingsFile.fileName(pid)), text);
    }

    private String permissions(String file) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path.resolve(file)));
    }
}
