/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogErrorsTest {

    @TempDir
    private Path folder;

    private void append(String text) throws IOException {
        Files.writeString(folder.resolve("log"), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    @Test
    void errorsAndForeignLinesAreFoundOnceAndWarningsCounted() throws IOException {
        LogErrors log = new LogErrors(folder.resolve("log"));
        append("2026-11-27T15:57:19.612 INFO twinwall.engine  an ERROR in a message is none\n"
                + "2026-11-27T15:57:19.613 WARN twinwall.engine  slow\n2026-11-27T15:57:19.614 ERROR twinwall.engine  broken\n"
                + "Exception in");

        assertThat(log.more()).containsExactly("2026-11-27T15:57:19.614 ERROR twinwall.engine  broken");
        append(" thread \"x\"\n");

        assertThat(log.more()).containsExactly("Exception in thread \"x\"");
        assertThat(log.more()).isEmpty();
        assertThat(log.warnings()).isEqualTo(1);
    }
}
