/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.slb;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.Test;
import twinwall.firewall.Ip4;

class HealthChecksTest {

    private static final Ip4 LOOPBACK = new Ip4(0x7f000001);

    private final RealServer one = new RealServer(new Ip4(1), 80, 1);
    private final RealServer other = new RealServer(new Ip4(2), 80, 1);
    private final List<RealServer> probed = new ArrayList<>();
    private final Set<RealServer> dead = new HashSet<>();
    private final AtomicBoolean active = new AtomicBoolean(true);
    private final List<RealServer> servers = new ArrayList<>(List.of(one, other, one));
    private final HealthChecks checks = new HealthChecks(() -> servers, active::get, server -> {
        probed.add(server);
        return !dead.contains(server);
    }, 2);

    @Test
    void oneMissIsForgivenTwoAreNotAndOneAnswerHeals() {
        dead.add(one);
        checks.round();
        assertThat(checks.healthy(one)).isTrue();
        checks.round();
        assertThat(checks.healthy(one)).isFalse();
        assertThat(checks.healthy(other)).isTrue();
        assertThat(checks.healthy(new RealServer(one.address(), 80, 50))).as("whatever its weight").isFalse();
        dead.clear();
        checks.round();
        assertThat(checks.healthy(one)).isTrue();
    }

    @Test
    void aServerInTwoGroupsIsProbedOnceARound() {
        checks.round();
        assertThat(probed).containsExactly(one, other);
    }

    @Test
    void aStandbyProbesNobodyAndKeepsWhatItKnew() {
        dead.add(one);
        checks.round();
        checks.round();
        active.set(false);
        probed.clear();
        dead.clear();
        checks.round();
        assertThat(probed).isEmpty();
        assertThat(checks.healthy(one)).isFalse();
    }

    @Test
    void aServerThatWasTakenOutIsForgotten() {
        dead.add(one);
        checks.round();
        checks.round();
        servers.removeIf(one::equals);
        checks.round();
        assertThat(checks.healthy(one)).as("nothing is known of it").isTrue();
    }

    @Test
    void aListenerAnswersTcpAndAClosedPortDoesNot() throws IOException {
        int port;
        try (ServerSocket listening = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            port = listening.getLocalPort();
            assertThat(new TcpProbe(2000).answers(new RealServer(LOOPBACK, port, 1))).isTrue();
        }
        assertThat(new TcpProbe(2000).answers(new RealServer(LOOPBACK, port, 1))).isFalse();
    }

    @Test
    void anHttpServerIsHealthyWhenItSaysSo() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 5);
        answer(server, "/good", 204);
        answer(server, "/moved", 302);
        answer(server, "/bad", 503);
        server.start();
        try {
            RealServer real = new RealServer(LOOPBACK, server.getAddress().getPort(), 1);
            assertThat(new HttpProbe("/good", 5000).answers(real)).isTrue();
            assertThat(new HttpProbe("/moved", 5000).answers(real)).isTrue();
            assertThat(new HttpProbe("/bad", 5000).answers(real)).isFalse();
            assertThat(new HttpProbe("/none", 5000).answers(real)).isFalse();
        } finally {
            server.stop(0);
        }
    }

    private static void answer(HttpServer server, String path, int status) {
        server.createContext(path, exchange -> {
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
    }
}
