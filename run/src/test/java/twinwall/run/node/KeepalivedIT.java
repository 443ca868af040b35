/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two firewalls and two keepalived with the files of {@code docs/examples/keepalived}, on two machines made of network namespaces. */
@Timeout(300)
@Tag("minutes")
class KeepalivedIT {

    private static final String ADDRESS = "192.0.2.10";

    @TempDir
    private Path work;
    private LabPair pair;
    private final List<Process> keepaliveds = new ArrayList<>();

    @BeforeEach
    void makePair() throws Exception {
        String missing = NetworkLab.missing("ip", "curl", "keepalived");
        assumeTrue(missing == null, () -> "keepalived was not tried: " + missing);
        pair = new LabPair(work);
    }

    @AfterEach
    void takeDown() throws Exception {
        for (Process keepalived : keepaliveds) {
            keepalived.destroy();
            if (!keepalived.waitFor(10, TimeUnit.SECONDS)) {
                keepalived.descendants().forEach(ProcessHandle::destroyForcibly);
                keepalived.destroyForcibly();
            }
        }
        if (pair != null) {
            pair.close();
        }
    }

    @Test
    void keepalivedFollows() throws Exception {
        for (String side : List.of("a", "b")) {
            pair.example(side, "keepalived/follows/twinwall.hook.file-keepalived.cfg", pair.config(side));
        }
        pair.start();
        pair.eventually("fw-a forwards", () -> forwards("a") && !forwards("b"));
        startKeepalived("follows");
        pair.eventually("the address is on fw-a", () -> pair.onlyOn("a", ADDRESS));

        assertThat(pair.switchover("a")).contains("\"done\":true");
        pair.eventually("the address has followed the role to fw-b", () -> forwards("b") && !forwards("a") && pair.onlyOn("b", ADDRESS));

        pair.kill("b");
        pair.eventually("fw-b is dead, and its role file does not know", () -> forwards("a") && forwards("b"));
        pair.eventually("the address is on fw-a all the same", () -> pair.onlyOn("a", ADDRESS));
    }

    @Test
    void keepalivedDrives() throws Exception {
        for (String side : List.of("a", "b")) {
            pair.example(side, "keepalived/drives/twinwall.monitor.keepalived-vip.cfg", pair.config(side));
            Path group = pair.config(side).resolve("twinwall.group.cfg");
            Files.writeString(group, Files.readString(group) + "preemption_delay_ms = 0\n");
        }
        pair.start();
        startKeepalived("drives");
        pair.eventually("the address and the role are on fw-a", () -> pair.onlyOn("a", ADDRESS) && roleOnlyOn("a"));

        pair.lab().in("a", "ip", "link", "set", "eth0", "down");
        pair.eventually("the address is on fw-b", () -> pair.onlyOn("b", ADDRESS));
        pair.eventually("the role has followed it", () -> roleOnlyOn("b"));

        pair.lab().in("a", "ip", "link", "set", "eth0", "up");
        pair.eventually("the address is back on fw-a", () -> pair.onlyOn("a", ADDRESS));
        pair.eventually("and so is the role", () -> roleOnlyOn("a"));
    }

    private void startKeepalived(String example) throws IOException {
        Files.copy(LabPair.EXAMPLES.resolve("keepalived/twinwall-health"), pair.scripts().resolve("twinwall-health"),
            StandardCopyOption.COPY_ATTRIBUTES);
        for (String side : List.of("a", "b")) {
            Path config = pair.example(side, "keepalived/" + example + "/keepalived.conf", pair.shared(side));
            if (side.equals("b")) {
                Files.writeString(config, Files.readString(config).replace("priority 150", "priority 100"));
            }
            List<String> command = new ArrayList<>(pair.lab().on(side));
            command.addAll(List.of("keepalived", "--dont-fork", "--log-console", "--log-detail", "--vrrp", "--use-file", config.toString(),
                "--pid", pair.shared(side).resolve("pid").toString(), "--vrrp_pid", pair.shared(side).resolve("vrrp.pid").toString()));
            keepaliveds.add(new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(pair.log("keepalived-" + side).toFile()).start());
        }
    }

    private boolean roleOnlyOn(String side) throws IOException {
        return pair.is(side, "active") && pair.is(side.equals("a") ? "b" : "a", "standby");
    }

    private boolean forwards(String side) throws IOException {
        return Files.readString(pair.shared(side).resolve("forwards")).equals("1\n");
    }
}
