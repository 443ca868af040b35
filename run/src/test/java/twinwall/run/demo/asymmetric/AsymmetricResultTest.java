/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.demo.asymmetric;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import org.junit.jupiter.api.Test;

/** What runs over asymmetric paths have shown. */
class AsymmetricResultTest {

    private static final Attempt LOST = new Attempt(100_000, 500_000, "SYN-ACK through FW_B: no-session", true);

    private static Measured run(Mode mode, int delay, int established, long synMicros, Attempt... others) {
        List<Attempt> attempts = new ArrayList<>(List.of(others));
        for (int i = 0; i < established; i++) {
            attempts.add(new Attempt(synMicros * 1000, delay * 1000L + 70_000, "", false));
        }
        return new Measured(mode, delay, attempts);
    }

    @Test
    void programsFindEveryRunUnderItsNames() {
        AsymmetricResult result = new AsymmetricResult(List.of(run(Mode.DEFAULT, 100, 0, 0, LOST, LOST),
                run(Mode.QUICK, 100, 1, 150, LOST), run(Mode.CONFIRM, 100, 2, 400)));
        JsonArray runs = JsonParser.parseString(AsymmetricJson.of(result)).getAsJsonObject().getAsJsonArray("runs");
        assertThat(runs).extracting(run -> run.getAsJsonObject().get("mode").getAsString()).containsExactly("default", "quick", "confirm");
        JsonObject confirm = runs.get(2).getAsJsonObject();
        assertThat(confirm.get("pathDelayMicros").getAsInt()).isEqualTo(100);
        assertThat(confirm.get("connections").getAsInt()).isEqualTo(2);
        assertThat(confirm.get("established").getAsInt()).isEqualTo(2);
        assertThat(confirm.get("lostRace").getAsInt()).isZero();
        assertThat(confirm.get("addedMicrosP50").getAsInt()).isEqualTo(300);
        assertThat(confirm.get("addedMicrosP99").getAsInt()).isEqualTo(300);
        assertThat(confirm.get("measuredPathMicrosP50").getAsInt()).isEqualTo(170);
        assertThat(runs.get(1).getAsJsonObject().get("lostRace").getAsInt()).isEqualTo(1);
        assertThat(runs.get(1).getAsJsonObject().getAsJsonObject("stoppedAt").toString())
                .isEqualTo("{\"SYN-ACK through FW_B: no-session\":1}");
    }

    @Test
    void onlyConfirmBeforeForwardMustEstablishEveryConnection() {
        Measured lost = run(Mode.QUICK, 0, 1, 100, LOST);
        assertThat(new AsymmetricResult(List.of(lost, run(Mode.CONFIRM, 0, 2, 100))).confirmed()).isTrue();
        assertThat(new AsymmetricResult(List.of(lost, run(Mode.CONFIRM, 0, 1, 100, LOST))).confirmed()).isFalse();
    }

    @Test
    void whatIsAddedIsComparedAtTheSameDelay() {
        Measured with = run(Mode.CONFIRM, 500, 3, 450);
        AsymmetricResult result = new AsymmetricResult(List.of(run(Mode.DEFAULT, 0, 3, 10), run(Mode.DEFAULT, 500, 3, 100), with));
        assertThat(result.addedMicros(with, 50)).isEqualTo(350);
    }

    @Test
    void peopleAreToldWhereElseConnectionsStopped() {
        Attempt elsewhere = new Attempt(1000, 1000, "ACK through FW_A: tcp-state", false);
        String text = AsymmetricText.of(new AsymmetricResult(List.of(run(Mode.CONFIRM, 0, 1, 100, elsewhere))), false);
        assertThat(text).contains("1 connection stopped at the ACK through FW_A: tcp-state.").contains(": 1 of 2.");
    }

    @Test
    void percentilesLeaveOutWhatDidNotHappen() {
        Measured run = run(Mode.DEFAULT, 0, 1, 200, new Attempt(-1, -1, "SYN through FW_A: standby", false));
        assertThat(run.synMicros(99)).isEqualTo(200);
        assertThat(new Measured(Mode.DEFAULT, 0, List.of()).synMicros(50)).isZero();
    }
}
