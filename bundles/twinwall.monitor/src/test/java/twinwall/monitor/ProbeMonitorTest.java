/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import twinwall.group.MonitoredItem;

@Timeout(30)
class ProbeMonitorTest {

    private static final String PID = "twinwall.monitor.probe~router";

    private final List<String> complaints = new ArrayList<>();

    @Test
    void aPortThatTakesConnectionsWorks() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            assertThat(new ConnectProbe("127.0.0.1", server.getLocalPort(), 5000).failure()).isEmpty();
        }
    }

    @Test
    void aPortThatIsClosedIsAFailureThatNamesIt() throws Exception {
        int port;
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = server.getLocalPort();
        }
        assertThat(new ConnectProbe("127.0.0.1", port, 5000).failure())
            .startsWith("no connection to 127.0.0.1 port " + port + " within 5000 ms: ");
    }

    @Test
    void aHostThatIsNotKnownIsNamed() {
        assertThat(new ConnectProbe("no.such.host.invalid", 80, 1000).failure()).isEqualTo("host no.such.host.invalid is not known here");
        assertThat(new EchoProbe("no.such.host.invalid", 1000).failure()).isEqualTo("host no.such.host.invalid is not known here");
    }

    @Test
    void thisMachineAnswersItself() {
        assertThat(new EchoProbe("127.0.0.1", 4000).failure()).isEmpty();
    }

    @Test
    void lostProbesAreCounted() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            MonitoredItem item = ProbeMonitor.item(Given.settings(PID, complaints, "host", "127.0.0.1", "port",
                Integer.toString(server.getLocalPort()), "timeout_ms", "4000", "fall", "2", "rise", "1"));
            assertThat(item.name()).isEqualTo("probe router");
            assertThat(item.failure()).isEmpty();
            server.close();
            assertThat(item.failure()).isEmpty();
            assertThat(item.failure()).startsWith("no connection");
        }
        assertThat(complaints).isEmpty();
    }

    @Test
    void settingsThatCannotWorkAreNamed() {
        ConfiguredItem.Kind kind = (settings, folder) -> ProbeMonitor.item(settings);
        Path here = Path.of("");
        assertThat(Given.refusal(kind, Given.settings(PID, complaints), here))
            .isEqualTo(PID + ": host is missing. It must be an address or a name.");
        for (String port : List.of("0", "65536", "http", "-1")) {
            assertThat(Given.refusal(kind, Given.settings(PID, complaints, "host", "192.0.2.1", "port", port), here))
                .isEqualTo(PID + ": port=" + port + " must be 1 to 65535, or absent for ICMP.");
        }
    }

    @Test
    void aTimeLongerThanTheEngineWaitsIsTheDefaultWithALine() throws Exception {
        ProbeMonitor.item(Given.settings(PID, complaints, "host", "192.0.2.1", "timeout_ms", "5000"));
        assertThat(complaints).containsExactly(PID + ": timeout_ms=5000 must be 10 to 4000. Using 1000.");
    }
}
