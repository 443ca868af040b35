/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeTest {

    @TempDir
    private Path work;

    @Test
    void aCommandLineThatCannotBeUsedIsOneLineAndStatusTwo() {
        for (List<String> arguments : List.of(List.<String>of(), List.of("--config"), List.of("--no"), List.of("pair"), List.of("start"),
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
