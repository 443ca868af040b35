/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import twinwall.host.Command;
import twinwall.host.Outcome;
import twinwall.host.Program;
import twinwall.settings.UnusableConfiguration;

@Timeout(30)
class KeepalivedMonitorTest {

    private static final String PID = "twinwall.monitor.keepalived~vip";

    @TempDir
    private Path folder;
    private Path fifo;
    private final List<String> complaints = new ArrayList<>();
    private final List<VrrpItem> items = new ArrayList<>();

    @BeforeEach
    void make() throws Exception {
        fifo = folder.resolve("fifo");
        mkfifo();
    }

    @AfterEach
    void close() {
        items.forEach(VrrpItem::close);
    }

    private void mkfifo() throws Exception {
        Outcome made = Program.run(new Command(List.of("mkfifo", fifo.toString())), Map.of(), folder, 20_000);
        assumeTrue(made.good(), "no FIFO can be made here: " + made);
    }

    private VrrpItem item(String... more) throws UnusableConfiguration {
        List<String> values = new ArrayList<>(List.of("fifo", "fifo", "instance", "VI_1"));
        values.addAll(List.of(more));
        VrrpItem item = KeepalivedMonitor.item(Given.settings(PID, complaints, values.toArray(String[]::new)), folder);
        items.add(item);
        return item;
    }

    /** As keepalived does: the item must have the FIFO open, else this would wait. */
    private void tell(String text) throws Exception {
        Files.write(fifo, text.getBytes(StandardCharsets.UTF_8), StandardOpenOption.WRITE);
    }

    @Test
    void onlyMasterWorks() throws Exception {
        VrrpItem item = item();
        assertThat(item.name()).isEqualTo("keepalived VI_1");
        assertThat(item.failure()).isEqualTo("keepalived has not told the state of VI_1");
        tell("INSTANCE \"VI_1\" BACKUP 100\n");
        assertThat(item.failure()).isEqualTo("VI_1 is BACKUP");
        tell("INSTANCE \"VI_1\" MASTER 100\n");
        assertThat(item.failure()).isEmpty();
        assertThat(item.failure()).as("keepalived tells of changes only").isEmpty();
        tell("INSTANCE \"VI_1\" FAULT 100\n");
        assertThat(item.failure()).isEqualTo("VI_1 is FAULT");
        tell("INSTANCE \"VI_1\" STOP 100\n");
        assertThat(item.failure()).isEqualTo("VI_1 is STOP");
    }

    @Test
    void otherInstancesAndEventsDoNotCount() throws Exception {
        VrrpItem item = item();
        item.failure();
        tell("INSTANCE \"VI_1\" MASTER 100\nINSTANCE \"VI_2\" BACKUP 100\nGROUP \"VI_1\" FAULT 0\nVS [1] UP\nnoise\n"
            + "INSTANCE \"VI_1\" MASTER_RX_LOWER_PRI 100\n");
        assertThat(item.failure()).isEmpty();
    }

    @Test
    void aGroupIsOneByItsKind() throws Exception {
        VrrpItem item = item("kind", "group");
        item.failure();
        tell("GROUP \"VI_1\" MASTER 0\n");
        assertThat(item.failure()).isEmpty();
    }

    @Test
    void aLineInPartsIsOneLine() throws Exception {
        VrrpItem item = item();
        item.failure();
        tell("INSTANCE \"VI");
        item.failure();
        tell("_1\" MASTER 100\nINST");
        assertThat(item.failure()).isEmpty();
    }

    @Test
    void theStateOutlivesARestartOfThisFirewall() throws Exception {
        VrrpItem before = item();
        before.failure();
        tell("INSTANCE \"VI_1\" MASTER 100\n");
        before.failure();
        before.close();
        assertThat(folder.resolve("fifo.state")).hasContent("MASTER\n");
        assertThat(item().failure()).isEmpty();
    }

    @Test
    void whenTheFifoGoesKeepalivedDoesNotRun() throws Exception {
        VrrpItem item = item();
        item.failure();
        tell("INSTANCE \"VI_1\" MASTER 100\n");
        Files.delete(fifo);
        assertThat(item.failure()).as("what it said last is still read").isEmpty();
        assertThat(item.failure()).isEqualTo("keepalived is not heard: there is no FIFO " + fifo);
        mkfifo();
        item.failure();
        tell("INSTANCE \"VI_1\" BACKUP 100\n");
        assertThat(item.failure()).as("of the new FIFO").isEqualTo("VI_1 is BACKUP");
    }

    @Test
    void aFileThatIsNoFifoIsLeftAlone() throws Exception {
        Files.delete(fifo);
        Files.writeString(fifo, "INSTANCE \"VI_1\" MASTER 100\n");
        assertThat(item().failure()).isEqualTo("keepalived is not heard: " + fifo + " is no FIFO");
        assertThat(fifo).hasContent("INSTANCE \"VI_1\" MASTER 100\n");
    }

    @Test
    void whatIsNeededIsNamed() {
        assertThat(Given.refusal(KeepalivedMonitor::item, Given.settings(PID, complaints, "fifo", "f"), folder))
            .isEqualTo(PID + ": instance is missing. It must be the name of a VRRP instance.");
    }
}
