/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import org.junit.jupiter.api.Test;

class ReportsTest {

    private static final Map<String, Object> MACHINE = Map.of("cores", 2);
    private static final List<Row> ROWS = List.of(
            Row.of("bytes", "per session", 37.42, "bytes").against(Target.atMost(50)).beside("conntrackd", 87).with("sessions", 200_000),
            Row.of("changes", "copied", 250_000, "changes/s").against(Target.atLeast(300_000)),
            Row.notMeasured("latency", "no clock"));

    @Test
    void theTableHasALineForEachRowAndItsDetailsBelow() {
        assertThat(TextReport.of(MACHINE, ROWS).lines().map(line -> line.replaceAll(" +", " "))).containsExactly(
                "measure figure target beside ratio",
                "bytes: per session 37.4 bytes <= 50 met conntrackd 87 0.43",
                "changes: copied 250,000 changes/s >= 300,000 MISSED",
                "latency not measured",
                "",
                "bytes: sessions 200,000",
                "latency: notMeasured no clock",
                "",
                "Machine: cores 2");
    }

    @Test
    void aTableHasOneLineForItsSpeedAndItsHeap() {
        List<Row> rows = List.of(
                TableLines.part(Row.of("tables", "napt: speed", 1_400_000, "entries/s").against(Target.atLeast(200_000)), "napt",
                        TableLines.SPEED).with("putPerSecond", 2.5e6).with("encodePerSecond", 4.8e6).with("decodePerSecond", 5.9e6)
                        .with("restorePerSecond", 1.4e6).with("bytesPerEntry", 29.0).with("entries", 100_000),
                TableLines.part(Row.of("tables", "napt: heap", 1080.3, "bytes/entry").against(Target.atMost(1074)), "napt",
                        TableLines.HEAP).with("entries", 1_000_000),
                TableLines.part(Row.notMeasured("tables", "pcp: speed", "refused {unknown-pool=3}"), "pcp", TableLines.SPEED));
        assertThat(TextReport.of(MACHINE, rows).lines().skip(3).map(line -> line.replaceAll(" +", " "))).containsExactly(
                "table entries/s target put encode decode restore bytes heap bytes target entries",
                "napt 1,400,000 >= 200,000 met 2,500 4,800 5,900 1,400 29 1,080 <= 1,074 MISSED 1,000,000",
                "pcp not measured",
                "pcp: speed not measured: refused {unknown-pool=3}",
                "",
                "Machine: cores 2");
        assertThat(rows.get(1).missed()).isTrue();
    }

    @Test
    void theJsonHasWholeFigures() {
        JsonObject first = measure(0);
        assertThat(first.get("figure").getAsDouble()).isEqualTo(37.42);
        assertThat(first.get("met").getAsBoolean()).isTrue();
        assertThat(first.get("ratio").getAsDouble()).isEqualTo(37.42 / 87);
        assertThat(first.getAsJsonObject("details").get("sessions").getAsInt()).isEqualTo(200_000);
        assertThat(measure(1).get("met").getAsBoolean()).isFalse();
    }

    @Test
    void inJsonWhatWasNotMeasuredHasNoFigure() {
        assertThat(measure(2).has("figure")).isFalse();
        assertThat(measure(2).getAsJsonObject("details").get("notMeasured").getAsString()).isEqualTo("no clock");
    }

    @Test
    void aRowSurvivesTheWayThroughJson() throws Exception {
        JsonObject report = JsonParser.parseString(JsonReport.of(MACHINE, ROWS.subList(0, 1))).getAsJsonObject();
        Row back = EthernetNamespace.row(report);
        assertThat(back.figure()).isEqualTo(37.42);
        assertThat(back.target()).isEqualTo(Target.atMost(50));
        assertThat(back.beside()).isEqualTo("conntrackd");
        assertThat(back.details().get("sessions")).hasToString("200000");
    }

    private static JsonObject measure(int number) {
        return JsonParser.parseString(JsonReport.of(MACHINE, ROWS)).getAsJsonObject().getAsJsonArray("measures").get(number)
                .getAsJsonObject();
    }
}
