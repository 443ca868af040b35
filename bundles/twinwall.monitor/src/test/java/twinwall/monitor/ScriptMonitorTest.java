/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import twinwall.group.MonitoredItem;

@Timeout(60)
class ScriptMonitorTest {

    private static final String PID = "twinwall.monitor.script~disk";

    @TempDir
    private Path folder;
    private final List<String> complaints = new ArrayList<>();

    private MonitoredItem script(String lines, String... more) throws Exception {
        Path file = Files.writeString(folder.resolve("check"), "#!/bin/sh\n" + lines + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        List<String> values = new ArrayList<>(List.of("command", "./check /var 'two words'", "fall", "1", "rise", "1"));
        values.addAll(List.of(more));
        return ScriptMonitor.item(Given.settings(PID, complaints, values.toArray(String[]::new)), folder);
    }

    @Test
    void exitZeroWorks() throws Exception {
        MonitoredItem item = script("echo all is well");
        assertThat(item.name()).isEqualTo("script disk");
        assertThat(item.failure()).isEmpty();
    }

    @Test
    void itsFirstLineIsTheFailure() throws Exception {
        assertThat(script("echo \"$1 is full, $2\"; echo more; exit 1").failure()).isEqualTo("/var is full, two words");
        assertThat(script("exit 7").failure()).isEqualTo("exit 7");
    }

    @Test
    void itIsToldWhichItemItIsAndHowLongItMayTake() throws Exception {
        assertThat(script("echo $TWINWALL_ITEM $TWINWALL_TIMEOUT_MS; exit 1").failure()).isEqualTo("disk 2000");
    }

    @Test
    void aScriptThatHangsFailsAndIsGone() throws Exception {
        MonitoredItem item = script("echo $$ > pid; echo still looking; sleep 600", "timeout_ms", "1000");
        assertThat(item.failure()).isEqualTo("not finished within 1000 ms: still looking");
        ProcessHandle process = ProcessHandle.of(Long.parseLong(Files.readString(folder.resolve("pid")).strip())).orElse(null);
        if (process != null) {
            process.onExit().get(20, TimeUnit.SECONDS);
        }
    }

    @Test
    void aScriptThatVanishesLaterFails() throws Exception {
        MonitoredItem item = script("exit 0");
        Files.delete(folder.resolve("check"));
        assertThat(item.failure()).startsWith("it cannot be started: ");
    }

    @Test
    void aCommandThatCannotBeRunIsNamed() {
        assertThat(Given.refusal(ScriptMonitor::item, Given.settings(PID, complaints), folder))
            .isEqualTo(PID + ": command is missing. It must be a program with its arguments.");
        assertThat(Given.refusal(ScriptMonitor::item, Given.settings(PID, complaints, "command", "./gone -x"), folder))
            .isEqualTo(PID + ": command=./gone -x must be a program that can be run: " + folder.resolve("gone") + " does not exist.");
    }
}
