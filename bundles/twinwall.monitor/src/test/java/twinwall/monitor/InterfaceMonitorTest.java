/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import twinwall.group.MonitoredItem;

class InterfaceMonitorTest {

    private static final String PID = "twinwall.monitor.interface~wan";

    @TempDir
    private Path kernel;
    private LinuxInterfaces interfaces;
    private final List<String> complaints = new ArrayList<>();

    @BeforeEach
    void up() throws Exception {
        Files.createDirectory(kernel.resolve("eth1"));
        write("flags", "0x1003");
        write("carrier", "1");
        write("operstate", "up");
        interfaces = new LinuxInterfaces(kernel);
    }

    private void write(String file, String content) throws Exception {
        Files.writeString(kernel.resolve("eth1").resolve(file), content + "\n");
    }

    @Test
    void anInterfaceThatIsUpWithCarrierWorks() throws Exception {
        assertThat(interfaces.failure("eth1")).isEmpty();
        write("operstate", "unknown");
        assertThat(interfaces.failure("eth1")).as("as lo and tunnels are").isEmpty();
    }

    @Test
    void otherwiseItIsSaidWhatIsWrong() throws Exception {
        write("operstate", "dormant");
        assertThat(interfaces.failure("eth1")).isEqualTo("its state is dormant");
        write("carrier", "0");
        assertThat(interfaces.failure("eth1")).isEqualTo("no carrier");
        write("flags", "0x1002");
        Files.delete(kernel.resolve("eth1/carrier"));
        assertThat(interfaces.failure("eth1")).isEqualTo("administratively down");
        write("flags", "0x1003");
        assertThat(interfaces.failure("eth1")).startsWith("its state cannot be read: ");
        assertThat(interfaces.failure("eth2")).isEqualTo("there is no such interface");
    }

    @Test
    void javaKnowsLessButAsMuchAsIsNeeded() throws Exception {
        String loopback = NetworkInterface.networkInterfaces().filter(each -> {
            try {
                return each.isLoopback();
            } catch (SocketException e) {
                return false;
            }
        }).findFirst().orElseThrow().getName();
        assertThat(JavaInterfaces.failure(loopback)).isEmpty();
        assertThat(JavaInterfaces.failure("nosuch0")).isEqualTo("there is no such interface");
    }

    @Test
    void theItemIsNamedByItsInterfaceAndComesBackAfterTwoLooks() throws Exception {
        MonitoredItem item = InterfaceMonitor.item(Given.settings(PID, complaints, "interface", "eth1", "fall", "0"), interfaces::failure);
        assertThat(item.name()).isEqualTo("interface eth1");
        assertThat(item.failure()).isEmpty();
        write("carrier", "0");
        assertThat(item.failure()).isEqualTo("no carrier");
        write("carrier", "1");
        assertThat(item.failure()).isEqualTo("no carrier");
        assertThat(item.failure()).isEmpty();
        assertThat(complaints).containsExactly(PID + ": fall=0 must be 1 to 100. Using 1.");
    }

    @Test
    void aNameThatLeadsElsewhereIsRefused() {
        ConfiguredItem.Kind kind = (settings, folder) -> InterfaceMonitor.item(settings, interfaces::failure);
        assertThat(Given.refusal(kind, Given.settings(PID, complaints), kernel))
            .isEqualTo(PID + ": interface is missing. It must be the name of a network interface.");
        for (String name : List.of("..", "../../etc", "an interface", "x".repeat(16))) {
            assertThat(Given.refusal(kind, Given.settings(PID, complaints, "interface", name), kernel))
                .startsWith(PID + ": interface=" + name + " must be the name of a network interface");
        }
        assertThat(ConfiguredItem.make(kind, Given.settings(PID, complaints), kernel)).as("no item, no vote").isNull();
    }
}
