/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import twinwall.firewall.embedded.aaa.Credential;
import twinwall.firewall.embedded.aaa.CredentialFile;

class NodeTest {

    @TempDir
    private Path work;

    @Test
    void aCommandLineThatCannotBeUsedIsOneLineAndStatusTwo() {
        for (List<String> arguments : List.of(List.<String>of(), List.of("--config"), List.of("--no"), List.of("pair"),
                List.of("user"), List.of("start"),
                List.of("pair", "a", "b", "--base-port", "x"), init("x", "x", "192.0.2.1"),
                init("../x", "y", "192.0.2.1"), init("x", "y", "a:b"))) {
            assertThat(complaint(arguments)).as(arguments.toString()).startsWith("run/node").hasLineCount(1);
        }
        assertThat(work).isEmptyDirectory();
    }

    @Test
    void aFolderThatIsNotThereIsOneLineAndStatusTwo() {
        assertThat(complaint(List.of("--config", work.resolve("none").toString()))).contains("does not exist").hasLineCount(1);
    }

    @Test
    void initMakesAFolderThatLacksOnlyThePeersCertificate() throws Exception {
        assertThat(Node.run(new PrintWriter(System.err, true), init("fw-a", "fw-b", "[2001:db8::1]:7500").toArray(String[]::new))).isZero();

        ConfigFolder folder = new ConfigFolder(work.resolve("c"));
        folder.validate();
        assertThat(folder.firewall()).isEqualTo("fw-a");
        assertThat(Files.readString(work.resolve("c/twinwall.link-a.cfg")))
            .contains("listen_address = 2001:db8::1\nlisten_port = 7500\n").contains("keystore = keys/fw-a.p12");
        assertThat(complaint(List.of("--config", work.resolve("c").toString()))).contains("copy keys/fw-b.crt of the peer");
        assertThat(complaint(init("fw-a", "fw-b", "192.0.2.1"))).contains("already holds a configuration");
    }

    @Test
    void aUserIsAddedWithAHashThatFitsAndAFileThatOnlyItsOwnerReads() throws Exception {
        Node.run(new PrintWriter(System.err, true), init("fw-a", "fw-b", "192.0.2.1").toArray(String[]::new));
        Path users = work.resolve("c/users");
        assertThat(add("correct horse\n", "alice", "--group", "/staff")).isZero();
        assertThat(add("another\n", "bob", "--security-group", "finance")).isZero();
        assertThat(add("battery staple\r\n", "alice", "--group", "/staff")).isZero();
        assertThat(Files.getPosixFilePermissions(users)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(Files.readAllLines(users)).hasSize(2);
        Credential alice = new CredentialFile(users).find("alice");
        assertThat(alice.hasPassword("battery staple".getBytes(StandardCharsets.UTF_8))).isTrue();
        assertThat(alice.groupPath()).isEqualTo("/staff");
    }

    @Test
    void aUserThatCannotBeAddedChangesNothing() {
        Node.run(new PrintWriter(System.err, true), init("fw-a", "fw-b", "192.0.2.1").toArray(String[]::new));
        assertThat(add("", "alice")).isEqualTo(2);
        assertThat(add("\n", "alice")).isEqualTo(2);
        assertThat(add("x\n", "a:b")).isEqualTo(2);
        assertThat(add("x\n", "alice", "--group", "staff")).isEqualTo(2);
        assertThat(add("x".repeat(73) + "\n", "alice")).isEqualTo(2);
        assertThat(work.resolve("c/users")).doesNotExist();
    }

    private int add(String input, String... arguments) {
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
        try {
            List<String> all = new ArrayList<>(List.of("user", "add", "--config", work.resolve("c").toString()));
            all.addAll(List.of(arguments));
            return Node.run(new PrintWriter(new StringWriter()), all.toArray(String[]::new));
        } finally {
            System.setIn(before);
        }
    }

    private List<String> init(String name, String peer, String listen) {
        return List.of("init", "--config", work.resolve("c").toString(), "--name", name, "--peer", peer, "--listen", listen,
            "--peer-address", "192.0.2.2");
    }

    private static String complaint(List<String> arguments) {
        StringWriter text = new StringWriter();
        assertThat(Node.run(new PrintWriter(text, true), arguments.toArray(String[]::new))).as(arguments.toString()).isEqualTo(2);
        return text.toString();
    }
}
