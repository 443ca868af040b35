/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandTest {

    @TempDir
    private Path folder;

    private Path program(String permissions) throws Exception {
        Path file = Files.writeString(folder.resolve("check"), "#!/bin/sh\n");
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }

    @Test
    void blanksSeparateWordsUnlessTheyAreQuoted() {
        assertThat(Command.parse("  ip  addr 'two words' \"it's\" a\"b c\"d '' ", folder).words())
            .containsExactly("ip", "addr", "two words", "it's", "ab cd", "");
    }

    @Test
    void nothingIsLeftToAShell() {
        assertThat(Command.parse("echo $HOME * ; `id` | x", folder).words()).containsExactly("echo", "$HOME", "*", ";", "`id`", "|", "x");
    }

    @Test
    void aProgramWithAPathIsSoughtInTheFolder() throws Exception {
        Path file = program("rwxr-xr-x");
        assertThat(Command.parse("./check now", folder).words()).containsExactly(file.toString(), "now");
        assertThat(Command.parse(file.toString(), Path.of("/")).words()).containsExactly(file.toString());
    }

    @Test
    void whatCannotBeRunIsNamed() throws Exception {
        assertThatIllegalArgumentException().isThrownBy(() -> Command.parse(" ", folder)).withMessage("it names no program");
        assertThatIllegalArgumentException().isThrownBy(() -> Command.parse("say 'hello", folder)).withMessage("a ' is not closed");
        assertThatIllegalArgumentException().isThrownBy(() -> Command.parse("./check", folder)).withMessageEndingWith("does not exist");
        program("rw-r--r--");
        assertThatIllegalArgumentException().isThrownBy(() -> Command.parse("./check", folder))
            .withMessageEndingWith("is not an executable file");
        program("rwxr-xrwx");
        assertThatIllegalArgumentException().isThrownBy(() -> Command.parse("./check", folder))
            .withMessageEndingWith("can be changed by everybody (chmod o-w)");
    }
}
