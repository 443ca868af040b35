/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.aaa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static twinwall.firewall.embedded.Credentials.password;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import twinwall.firewall.embedded.Credentials;

class CredentialFileTest {

    @TempDir
    private Path folder;

    @Test
    void aUserIsFoundWithGroupsAndOnlyTheRightPasswordFits() throws IOException {
        Credential alice = new CredentialFile(Credentials.in(folder)).find("alice");
        assertThat(alice.groupPath()).isEqualTo("/staff/sales");
        assertThat(alice.securityGroup()).isEqualTo("finance");
        assertThat(alice.hasPassword(password("alice"))).isTrue();
        assertThat(alice.hasPassword(password("bob"))).isFalse();
        assertThat(alice.hasPassword(new byte[0])).isFalse();
        assertThat(alice.toString()).doesNotContain("$2y$");
    }

    /** bcrypt itself would take both for the same. */
    @Test
    void aPasswordIsNeverCut() {
        byte[] longest = new byte[72];
        Arrays.fill(longest, (byte) 'x');
        Credential one = Credential.make("carol", longest, "/", "", 4);
        assertThat(one.hasPassword(longest)).isTrue();
        assertThat(one.hasPassword(Arrays.copyOf(longest, 73))).isFalse();
        assertThatThrownBy(() -> Credential.make("carol", new byte[73], "/", "", 4)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("72 bytes");
    }

    @Test
    void anUnknownUserCostsAsMuchAsTheDearestOfTheFile() throws IOException {
        CredentialFile file = new CredentialFile(Credentials.write(folder.resolve("users"),
                Credential.make("a", password("a"), "/", "", 4).line(), Credential.make("b", password("b"), "/", "", 6).line()));
        Credential nobody = file.find("mallory");
        assertThat(nobody.cost()).isEqualTo(6);
        assertThat(file.isNobody(nobody)).isTrue();
        assertThat(file.isNobody(file.find("a"))).isFalse();
    }

    @Test
    void aFileThatOthersMayReadIsRefusedWithTheCureUntilItIsTight() throws IOException {
        Path path = Credentials.in(folder);
        CredentialFile file = new CredentialFile(path);
        for (String wide : new String[] {"rw-r-----", "rw----r--", "rw--w----", "rw------x"}) {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(wide));
            assertThatThrownBy(() -> file.find("alice")).as(wide).isInstanceOf(IOException.class)
                    .hasMessageContaining("can be read or changed by others").hasMessageEndingWith("Cure: chmod 600 " + path);
        }
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("r--------"));
        assertThat(file.find("alice").user()).isEqualTo("alice");
    }

    @Test
    void aChangedFileIsReadAgainAndAMissingOneIsNamed() throws IOException {
        Path path = folder.resolve("users");
        CredentialFile file = new CredentialFile(path);
        assertThatThrownBy(() -> file.find("alice")).hasMessageContaining(path + " is not there");
        Credentials.in(folder);
        assertThat(file.isNobody(file.find("alice"))).isFalse();
        Credentials.write(path, Credential.make("carol", password("carol"), "/", "", 4).line());
        Files.setLastModifiedTime(path, FileTime.fromMillis(1));
        assertThat(file.isNobody(file.find("alice"))).isTrue();
        assertThat(file.isNobody(file.find("carol"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"alice", "alice:secret:/", "alice:$2y$31$EBnJ0bPyz8pbSjiPbzkpbeWzgtyFV3sMCEyRNXPMNvMKyfzfKGTqG:/",
        ":::", "a b:x:/", "alice:$2y$04$EBnJ0bPyz8pbSjiPbzkpbeWzgtyFV3sMCEyRNXPMNvMKyfzfKGTqG:staff",
        "alice:$2y$04$EBnJ0bPyz8pbSjiPbzkpbeWzgtyFV3sMCEyRNXPMNvMKyfzfKGTqG:/:a:b"})
    void aWrongLineIsNamedByItsNumberWithoutTheHash(String line) {
        CredentialFile file = new CredentialFile(Credentials.write(folder.resolve("users"), "# comment", line));
        assertThatThrownBy(() -> file.find("bob")).isInstanceOf(IOException.class).hasMessageContaining("line 2")
                .hasMessageContaining("run/node user add").message().doesNotContain("EBnJ0");
    }

    @Test
    void aUserWhoIsThereTwiceIsRefused() {
        String line = Credential.make("alice", password("alice"), "/", "", 4).line();
        CredentialFile file = new CredentialFile(Credentials.write(folder.resolve("users"), line, line));
        assertThatThrownBy(() -> file.find("alice")).hasMessageContaining("alice is there twice");
    }
}
