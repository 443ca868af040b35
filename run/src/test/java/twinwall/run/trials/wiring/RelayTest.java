/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.trials.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class RelayTest {

    private ServerSocket listening;
    private Relay relay;
    private Socket a;
    private Socket b;

    @BeforeEach
    void join() throws IOException {
        listening = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        relay = new Relay("a", listening.getLocalPort());
        a = new Socket(InetAddress.getLoopbackAddress(), relay.port());
        b = listening.accept();
    }

    @AfterEach
    void close() throws IOException {
        a.close();
        b.close();
        relay.close();
        listening.close();
    }

    private static void say(Socket from, int octet) throws IOException {
        from.getOutputStream().write(octet);
    }

    private static int hear(Socket at) throws IOException {
        at.setSoTimeout(10_000);
        return at.getInputStream().read();
    }

    private static boolean hearsNothing(Socket at) throws IOException {
        at.setSoTimeout(100);
        try {
            return at.getInputStream().read() < 0;
        } catch (SocketTimeoutException e) {
            return true;
        }
    }

    @Test
    void itCarriesBothWays() throws IOException {
        say(a, 1);
        say(b, 2);

        assertThat(hear(b)).isEqualTo(1);
        assertThat(hear(a)).isEqualTo(2);
    }

    @Test
    void inASilentDirectionNothingArrivesUntilItIsHealed() throws IOException {
        relay.silence(End.A);
        say(a, 1);
        say(b, 2);

        assertThat(hear(a)).isEqualTo(2);
        assertThat(hearsNothing(b)).isTrue();

        relay.heal();

        assertThat(hear(b)).isEqualTo(1);
    }

    @Test
    void whatIsDelayedArrivesLater() throws IOException {
        relay.delay(50);
        long begun = System.nanoTime();
        say(a, 1);

        assertThat(hear(b)).isEqualTo(1);
        assertThat(System.nanoTime() - begun).isGreaterThanOrEqualTo(50_000_000);
    }

    @Test
    void theEndOfAConnectionIsToldToo() throws IOException {
        a.close();

        assertThat(hear(b)).isEqualTo(-1);
    }
}
