/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import org.junit.jupiter.api.Test;
import twinwall.run.report.Timeline;

class ReportTest {

    private static final Cost NOTHING = new Cost(500, 230, 0, 0, 0, 0, List.of());
    private static final Cost MUCH = new Cost(313, 43, 187, 0, 11, 12, List.of(300));

    @Test
    void theClosingSentenceSaysWhatHappenedAndWhyItMatters() {
        assertThat(oneLine(TextReport.of(result(NOTHING, 0), false))).contains("FW_A was killed after packet 265 of 531. "
                + "FW_B took over in 301 ms. With backup no packet was dropped; without it 187 of 230 would have been: "
                + "11 TCP connections and 12 other conversations would have hung. Nothing that was due for backup was lost.");
    }

    @Test
    void aLossIsSaidAloud() {
        Cost lossy = new Cost(497, 227, 3, 1, 1, 1, List.of(300, 301));

        String report = oneLine(TextReport.of(result(lossy, 4), false));

        assertThat(report).contains("3 packets were dropped, 2 of them lost", "LOST: 4 entries and 2 packets",
                "beginning with number 301, 302");
    }

    @Test
    void packetsThatOnlyFwBLetsThroughAreExplained() {
        Cost more = new Cost(504, 234, 1, 1, 0, 1, List.of());

        assertThat(oneLine(TextReport.of(result(more, 0), false))).contains("FW_B let 5 packets through that a firewall that never fails");
        assertThat(oneLine(TextReport.of(result(NOTHING, 0), false))).doesNotContain("FW_B let");
    }

    @Test
    void noLineIsLongerThanAHundredColumns() {
        assertThat(TextReport.of(result(MUCH, 1), false).lines()).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(100));
    }

    @Test
    void coloursAreForTerminalsOnly() {
        assertThat(TextReport.of(result(NOTHING, 0), false)).doesNotContain("\u001b");
        assertThat(TextReport.of(result(NOTHING, 0), true)).contains("\u001b[1;32m");
    }

    @Test
    void jsonHasTheFieldsThatOtherProgramsRead() {
        JsonObject json = JsonParser.parseString(JsonReport.of(result(new Cost(497, 227, 3, 1, 1, 1, List.of(300, 301)), 4)))
                .getAsJsonObject();

        assertThat(json.get("capture").getAsString()).isEqualTo("office.pcap");
        assertThat(json.get("packets").getAsInt()).isEqualTo(531);
        assertThat(json.get("failoverAtPacket").getAsInt()).isEqualTo(265);
        assertThat(json.getAsJsonObject("uninterrupted").get("forwarded").getAsInt()).isEqualTo(500);
        JsonObject with = json.getAsJsonObject("withBackup");
        assertThat(with.get("forwarded").getAsInt()).isEqualTo(497);
        assertThat(with.get("droppedForWantOfAnEntry").getAsInt()).isEqualTo(3);
        assertThat(with.get("ofThoseNotYetDue").getAsInt()).isEqualTo(1);
        assertThat(with.get("takeoverMillis").getAsInt()).isEqualTo(301);
        assertThat(json.getAsJsonObject("withoutBackup").get("droppedForWantOfAnEntry").getAsInt()).isEqualTo(187);
        JsonObject table = json.getAsJsonArray("tables").get(0).getAsJsonObject();
        assertThat(table.keySet()).contains("type", "onA", "onB", "kept", "notYetDue", "lost");
        assertThat(json.get("lost").getAsInt()).isEqualTo(6);
    }

    private static Result result(Cost withBackup, int lostEntries) {
        return new Result("office.pcap", 531, 265, 9.1, 33, false, true, 500, 230, Map.of("not-ip", 6, "link-local-icmp", 25), withBackup,
                MUCH, 301, 120, 0, List.of(new TableCount("ipv4-session", 20, 15, 15 - lostEntries, 5, lostEntries, 0),
                        new TableCount("blacklist", 2, 2, 2, 0, 0, 1)),
                List.of(new Timeline.Event(1.5, "FW_A is active.")), List.of("A remark."));
    }

    private static String oneLine(String report) {
        return report.replaceAll("\\s+", " ");
    }
}
