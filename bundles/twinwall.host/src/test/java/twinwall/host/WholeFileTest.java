/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class WholeFileTest {

    @TempDir
    private Path folder;

    @Test
    void theFolderIsMadeAndNothingElseIsLeft() throws Exception {
        Path file = folder.resolve("run/twinwall/role");
        WholeFile.write(file, "active\n");
        WholeFile.write(file, "standby\n");
        assertThat(file).hasContent("standby\n");
        try (Stream<Path> files = Files.list(file.getParent())) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    @Timeout(30)
    void aReaderNeverSeesAPart() throws Exception {
        Path file = folder.resolve("role");
        WholeFile.write(file, "initializing\n");
        AtomicBoolean end = new AtomicBoolean();
        Thread writer = new Thread(() -> {
            try {
                while (!end.get()) {
                    WholeFile.write(file, "active\n");
                    WholeFile.write(file, "initializing\n");
                }
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        writer.start();
        for (int i = 0; i < 2000; i++) {
            assertThat(Files.readString(file)).isIn("active\n", "initializing\n");
        }
        end.set(true);
        writer.join();
    }
}
