/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import twinwall.firewall.embedded.EmbeddedFirewall;
import twinwall.firewall.embedded.FirewallSettings;

class BenchPortTest {

    @TempDir
    private Path folder;

    private EmbeddedFirewall firewall;
    private BenchPort port;
    private Socket socket;
    private OutputStream out;
    private BufferedReader in;

    @BeforeEach
    void open() throws IOException {
        firewall = new EmbeddedFirewall(FirewallSettings.of(Map.of("forwarding", "true")));
        Path file = folder.resolve("bench.port");
        port = new BenchPort(firewall, new LatencyTable(), Map.of("port_file", file.toString()));
        socket = new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(Files.readString(file).strip()));
        socket.setSoTimeout(10_000);
        out = socket.getOutputStream();
        in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
    }

    @AfterEach
    void close() throws Exception {
        socket.close();
        port.close();
    }

    @Test
    void sessionsAreSetUpOnCommand() throws IOException {
        assertThat(ask("establish 0 1000")).startsWith("ok packets=3000 refused=0 ");
        assertThat(firewall.ipv4Sessions().size()).isEqualTo(1000);
        assertThat(ask("status")).contains(" sessions=1000 ").contains("role=none");
    }

    @Test
    void offeredTrafficIsTakenOnlyWhileTheFirewallForwards() throws IOException {
        firewall.setForwarding(false);
        ask("offer 0 2000");
        assertThat(ask("offered")).contains("forwarding=false").contains("begun=0");
        firewall.setForwarding(true);
        awaitOffered("forwarding=true");
        firewall.setForwarding(false);
        awaitOffered("forwarding=false");
        long begun = number(ask("withdraw"), "begun");
        assertThat(begun).isPositive().isEqualTo(firewall.ipv4Sessions().size());
    }

    @Test
    void whatIsNoCommandIsAnsweredWithAnErrorAndTheNextOneWorks() throws IOException {
        assertThat(ask("dance")).isEqualTo("error there is no command dance");
        assertThat(ask("establish 0")).isEqualTo("error establish wants more numbers");
        assertThat(ask("establish zero one")).startsWith("error ");
        assertThat(ask("heap")).startsWith("ok used=");
    }

    @Test
    void changesOfTheLatencyTableKeepTheirPace() throws IOException {
        assertThat(ask("change 1000 50")).startsWith("ok changes=50 ");
    }

    private String ask(String command) throws IOException {
        out.write((command + "\n").getBytes(StandardCharsets.US_ASCII));
        return in.readLine();
    }

    private void awaitOffered(String wanted) throws IOException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        String last = ask("offered");
        while (!last.contains(wanted) && System.nanoTime() < end) {
            last = ask("offered");
        }
        assertThat(last).contains(wanted);
    }

    private static long number(String line, String name) {
        return Long.parseLong(line.replaceFirst(".*\\b" + name + "=(\\d+).*", "$1"));
    }
}
