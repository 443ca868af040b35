/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.osgi.framework.Version;
import twinwall.deploy.jar.JarFacts;
import twinwall.deploy.jar.Refused;
import twinwall.group.FileVerdict;
import twinwall.group.PlannedChange.Action;

class PlanTest {

    private static final String NAME = "com.example.lease";

    private final Map<String, Refused> failedBefore = new HashMap<>();
    private final Set<String> unwelcome = new HashSet<>();
    private final Set<String> lacking = new HashSet<>();
    private List<String> restarted = List.of(NAME);

    private final Surroundings surroundings = new Surroundings() {

        @Override
        public Refused objection(JarFacts bundle) {
            return unwelcome.contains(bundle.hash()) ? new Refused(FileVerdict.TABLE_TAKEN, "taken") : null;
        }

        @Override
        public Refused lacking(JarFacts bundle, Collection<JarFacts> coming) {
            return lacking.contains(bundle.hash()) ? new Refused(FileVerdict.UNRESOLVED, "needs") : null;
        }

        @Override
        public List<String> restartedWith(InstalledBundle bundle) {
            return restarted;
        }

        @Override
        public boolean isFromFolder(String name) {
            return name.startsWith("com.example.");
        }
    };

    private static JudgedFile file(String name, String version, String hash) {
        return JudgedFile.good(name, new JarFacts(hash, NAME, Version.parseVersion(version), "", List.of(), Set.of(), List.of(),
            List.of()));
    }

    private static InstalledBundle running(String version, String hash) {
        return new InstalledBundle(null, NAME, Version.parseVersion(version), hash, "a.jar");
    }

    private Plan plan(InstalledBundle running, boolean anchored, JudgedFile... files) {
        return Plan.of(NAME, List.of(files), running, anchored, surroundings, failedBefore::get, List.of());
    }

    @Test
    void aNewBundleIsInstalled() {
        Plan plan = plan(null, false, file("a.jar", "1", "one"));
        assertThat(plan.action()).isEqualTo(Action.INSTALL);
        assertThat(plan.chosen().file()).isEqualTo("a.jar");
    }

    @Test
    void whatRunsAlreadyIsLeftWhateverItsFileIsNamed() {
        assertThat(plan(running("1", "one"), false, file("renamed.jar", "1", "one")).action()).isEqualTo(Action.NONE);
    }

    @Test
    void theHigherVersionIsUsedAndTheOtherFilesAreTold() {
        Plan plan = plan(running("1", "one"), false, file("a.jar", "1", "one"), file("b.jar", "1.10", "ten"), file("c.jar", "1.9", "nine"));
        assertThat(plan.action()).isEqualTo(Action.UPDATE);
        assertThat(plan.chosen().file()).isEqualTo("b.jar");
        assertThat(plan.superseded()).extracting(JudgedFile::file).containsExactly("c.jar", "a.jar");
    }

    @Test
    void anOlderVersionThatIsLeftAloneIsGoneBackTo() {
        assertThat(plan(running("2", "two"), false, file("a.jar", "1", "one")).action()).isEqualTo(Action.UPDATE);
    }

    @Test
    void sameVersionWithOtherBytesIsAnUpdateOnlyWhenTheOldBytesAreGone() {
        assertThat(plan(running("1", "one"), false, file("a.jar", "1", "other")).action()).isEqualTo(Action.UPDATE);
        assertThat(plan(running("1", "one"), false, file("a.jar", "1", "other"), file("b.jar", "1", "one")).action())
            .isEqualTo(Action.NONE);
    }

    @Test
    void whatIsGoneIsRemoved() {
        assertThat(plan(running("1", "one"), false).action()).isEqualTo(Action.UNINSTALL);
    }

    @Test
    void aFileThatCannotBeUsedDoesNotUnseatWhatRuns() {
        assertThat(plan(running("1", "one"), true).action()).isEqualTo(Action.NONE);
        lacking.add("two");
        Plan plan = plan(running("1", "one"), false, file("a.jar", "2", "two"));
        assertThat(plan.action()).isEqualTo(Action.NONE);
        assertThat(plan.refusals().values()).extracting(Refused::verdict).containsExactly(FileVerdict.UNRESOLVED);
    }

    @Test
    void whatFailedBeforeIsPassedOverForTheNextBest() {
        failedBefore.put("two", new Refused(FileVerdict.FAILED, "it did not start"));
        Plan plan = plan(null, false, file("a.jar", "1", "one"), file("b.jar", "2", "two"));
        assertThat(plan.action()).isEqualTo(Action.INSTALL);
        assertThat(plan.chosen().file()).isEqualTo("a.jar");
        assertThat(plan.refusals()).hasSize(1);
    }

    @Test
    void whatRunsAndMayNotBeHereAnyMoreIsRemoved() {
        unwelcome.add("one");
        assertThat(plan(running("1", "one"), false, file("a.jar", "1", "one")).action()).isEqualTo(Action.UNINSTALL);
    }

    @Test
    void whatRunsStaysAlthoughSomethingItNeededIsGone() {
        lacking.add("one");
        assertThat(plan(running("1", "one"), false, file("a.jar", "1", "one")).action()).isEqualTo(Action.NONE);
    }

    @Test
    void anUpdateThatWouldRestartTheSuiteIsRefusedAndOneThatRestartsOthersOfTheFolderIsNot() {
        restarted = List.of(NAME, "com.example.user");
        assertThat(plan(running("1", "one"), false, file("a.jar", "2", "two")).action()).isEqualTo(Action.UPDATE);
        restarted = List.of(NAME, "twinwall.engine");
        Plan plan = plan(running("1", "one"), false, file("a.jar", "2", "two"));
        assertThat(plan.action()).isEqualTo(Action.NONE);
        assertThat(plan.refusals().values()).extracting(Refused::verdict).containsExactly(FileVerdict.RESTARTS_OTHERS);
        assertThat(plan.refusals().values()).extracting(Refused::getMessage).first().asString().contains("twinwall.engine");
    }
}
