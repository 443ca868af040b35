/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import twinwall.deploy.jar.Refused;
import twinwall.group.FileVerdict;

class KeptJarsTest {

    @TempDir
    private Path folder;

    @Test
    void whatFailedAndWhatWorkedIsKnownAfterARestart() throws Exception {
        KeptJars kept = new KeptJars(folder.resolve("kept"));
        kept.keep("com.example.lease", Files.writeString(folder.resolve("a.jar"), "good"));
        kept.failed("abc", new Refused(FileVerdict.HANGS, "It does not\ncome back."));
        KeptJars later = new KeptJars(folder.resolve("kept"));
        assertThat(later.good("com.example.lease")).hasContent("good");
        assertThat(later.failure("abc").verdict()).isEqualTo(FileVerdict.HANGS);
        assertThat(later.failure("abc").getMessage()).isEqualTo("It does not come back.");
        assertThat(later.failure("def")).isNull();
    }

    @Test
    void aFailureIsForgottenWhenItsFileIsGone() throws Exception {
        KeptJars kept = new KeptJars(folder);
        kept.failed("abc", new Refused(FileVerdict.FAILED, "no"));
        kept.failed("def", new Refused(FileVerdict.FAILED, "no"));
        kept.retainFailures(Set.of("def", "ghi"));
        assertThat(kept.failure("abc")).isNull();
        assertThat(new KeptJars(folder).failure("abc")).isNull();
        assertThat(new KeptJars(folder).failure("def")).isNotNull();
    }

    @Test
    void aDamagedListIsReadAsFarAsItCanBe() throws Exception {
        Files.writeString(folder.resolve("failed"), "nonsense\nabc NEVER_HEARD of it\nabc FAILED once\nabc FAILED twice\n\n");
        assertThat(new KeptJars(folder).failure("abc").getMessage()).isEqualTo("once");
    }

    @Test
    void whatIsForgottenIsNotGoneBackTo() throws Exception {
        KeptJars kept = new KeptJars(folder.resolve("kept"));
        kept.keep("x", Files.writeString(folder.resolve("a.jar"), "good"));
        kept.forget("x");
        kept.forget("never there");
        assertThat(kept.good("x")).doesNotExist();
    }
}
