/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.osgi.framework.Version;
import twinwall.deploy.jar.JarFacts;
import twinwall.deploy.jar.TableClaim;
import twinwall.group.BackupPrice;
import twinwall.group.FileVerdict;
import twinwall.group.GroupStatus;
import twinwall.group.HandlerState;
import twinwall.group.Networking;
import twinwall.group.Role;
import twinwall.group.TableStatus;
import twinwall.group.TableStatus.HandlerStatus;

class TrialTest {

    private static final JarFacts BUNDLE = new JarFacts("hash", "com.example.lease", new Version(2, 0, 0), "",
        List.of(new TableClaim("lease", 1, false)), Set.of(), List.of(), List.of());
    private static final long APPEAR = 100;
    private static final long SYNC = 1000;

    private static GroupStatus group(String version, boolean inSync, long heardMillis) {
        HandlerStatus handler = version == null ? null : new HandlerStatus("com.example.lease", version, 1, Instant.EPOCH);
        TableStatus table = new TableStatus("lease", true, 1, 0, 0, 0, -1, inSync, inSync ? "" : "the shelf is locked", 0, 0, 0, 0, 0,
            Map.of(), handler, BackupPrice.NONE, 0, HandlerState.WORKING, HandlerState.WORKING, handler);
        return new GroupStatus("fw-a", Networking.ACTIVE_STANDBY, Role.ACTIVE, true, List.of(), false, 1, 1, List.of(), List.of(),
            Instant.EPOCH, "", new GroupStatus.PeerStatus("fw-b", Role.STANDBY, true, 1, heardMillis, 100, 5), List.of(), List.of(),
            List.of(table), List.of(), List.of(), Map.of());
    }

    private static Trial begun(GroupStatus before) {
        return Trial.begin(BUNDLE, before, 0, APPEAR, SYNC);
    }

    @Test
    void itPassesWhenTheHandlerIsHereAndTheTableIsInSyncAgain() {
        Trial trial = begun(group("1.0.0", true, 0));
        assertThat(trial.verdict(group(null, false, 0), 10).over()).isFalse();
        assertThat(trial.verdict(group("2.0.0", false, 0), 20).over()).isFalse();
        Trial.Verdict passed = trial.verdict(group("2.0.0", true, 0), 30);
        assertThat(passed.over()).isTrue();
        assertThat(passed.refusal()).isNull();
    }

    @Test
    void itFailsWhenTheHandlerDoesNotAppearOrTheOldOneIsStillThere() {
        Trial trial = begun(group("1.0.0", true, 0));
        for (String version : new String[] {null, "1.0.0"}) {
            Trial.Verdict verdict = trial.verdict(group(version, true, 0), APPEAR);
            assertThat(verdict.refusal().verdict()).isEqualTo(FileVerdict.FAILED);
            assertThat(verdict.refusal().getMessage()).contains("lease", "100 ms");
        }
    }

    @Test
    void itFailsWhenATableThatWasInSyncIsNotInTime() {
        Trial trial = begun(group("1.0.0", true, 0));
        assertThat(trial.verdict(group("2.0.0", false, 0), 90).over()).isFalse();
        assertThat(trial.verdict(group("2.0.0", false, 0), 90 + SYNC - 1).over()).isFalse();
        Trial.Verdict verdict = trial.verdict(group("2.0.0", false, 0), 90 + SYNC);
        assertThat(verdict.refusal().verdict()).isEqualTo(FileVerdict.NOT_IN_SYNC);
        assertThat(verdict.refusal().getMessage()).contains("the shelf is locked");
    }

    @Test
    void aTableThatWasNotInSyncBeforeNeedNotBe() {
        assertThat(begun(group("1.0.0", false, 0)).verdict(group("2.0.0", false, 0), 10).over()).isTrue();
        assertThat(begun(null).verdict(group("2.0.0", false, 0), 10).over()).isTrue();
    }

    @Test
    void aPeerThatIsNotHeardIsNoFaultOfTheHandler() {
        for (long heard : new long[] {-1, 500}) {
            Trial trial = begun(group("1.0.0", true, 0));
            assertThat(trial.verdict(group("2.0.0", false, heard), 50).over()).isFalse();
            Trial.Verdict verdict = trial.verdict(group("2.0.0", false, heard), 50 + SYNC);
            assertThat(verdict.over()).isTrue();
            assertThat(verdict.refusal()).isNull();
        }
    }
}
