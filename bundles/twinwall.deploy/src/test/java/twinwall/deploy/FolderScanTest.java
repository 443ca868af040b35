/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderScanTest {

    private static final long NOW = 1_000_000_000;

    @TempDir
    private Path folder;
    private FolderScan scan;

    @BeforeEach
    void begin() {
        scan = new FolderScan(folder);
    }

    private void write(String name, String content, long at) throws IOException {
        Files.writeString(folder.resolve(name), content);
        Files.setLastModifiedTime(folder.resolve(name), FileTime.fromMillis(at));
    }

    private FolderScan.Look look() throws IOException {
        return scan.look(NOW);
    }

    @Test
    void aNewFileIsCompleteWhenTwoLooksShowItTheSame() throws Exception {
        look();
        write("a.jar", "1", NOW);
        assertThat(look().writing()).containsExactly("a.jar");
        assertThat(look().complete()).containsOnlyKeys("a.jar");
    }

    @Test
    void aFileThatGrowsIsNot() throws Exception {
        look();
        for (int i = 1; i < 5; i++) {
            write("a.jar", "1".repeat(i), NOW);
            assertThat(look().writing()).containsExactly("a.jar");
        }
        assertThat(look().writing()).isEmpty();
    }

    @Test
    void whatHasLainThereWhenTheFirewallStartsIsCompleteAtOnce() throws Exception {
        write("old.jar", "1", NOW - 20_000);
        write("new.jar", "1", NOW - 1000);
        FolderScan.Look first = look();
        assertThat(first.complete()).containsOnlyKeys("old.jar");
        assertThat(first.writing()).containsExactly("new.jar");
    }

    @Test
    void aFileThatIsAwayInOneLookOnlyIsNotGone() throws Exception {
        write("a.jar", "1", NOW - 20_000);
        look();
        Files.delete(folder.resolve("a.jar"));
        assertThat(look().writing()).containsExactly("a.jar");
        write("a.jar", "2", NOW);
        assertThat(look().writing()).containsExactly("a.jar");
        assertThat(look().complete()).containsOnlyKeys("a.jar");
        Files.delete(folder.resolve("a.jar"));
        look();
        FolderScan.Look gone = look();
        assertThat(gone.writing()).isEmpty();
        assertThat(gone.complete()).isEmpty();
    }

    @Test
    void anotherFileOfTheSameSizeAndTimeUnderTheSameNameIsNoticed() throws Exception {
        write("a.jar", "1", NOW);
        write("b.tmp", "2", NOW);
        look();
        FileStamp before = look().complete().get("a.jar");
        Files.move(folder.resolve("b.tmp"), folder.resolve("a.jar"), StandardCopyOption.REPLACE_EXISTING);
        assertThat(look().writing()).containsExactly("a.jar");
        assertThat(look().complete().get("a.jar")).isNotEqualTo(before);
    }

    @Test
    void onlyVisibleJarsAreLookedAtAndNotTooMany() throws Exception {
        write(".hidden.jar", "1", 0);
        write("notes.txt", "1", 0);
        Files.createDirectory(folder.resolve("folder.jar"));
        assertThat(look().complete()).isEmpty();
        for (int i = 0; i < FolderScan.MOST_FILES + 3; i++) {
            write("many" + i + ".jar", "1", 0);
        }
        assertThat(look().tooMany()).isPositive();
        assertThat(look().complete()).hasSizeLessThanOrEqualTo(FolderScan.MOST_FILES);
    }

    @Test
    void aFolderThatIsAwayIsNotAnEmptyOne() {
        assertThatThrownBy(() -> new FolderScan(folder.resolve("no-such")).look(NOW)).isInstanceOf(IOException.class);
    }
}
