/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.slb.l7;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Random;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;

import org.junit.jupiter.api.Test;
import twinwall.firewall.embedded.slb.l7.TlsHello.State;

class TlsHelloTest {

    private static byte[] clientHello() {
        try {
            SSLEngine engine = SSLContext.getDefault().createSSLEngine();
            engine.setUseClientMode(true);
            ByteBuffer out = ByteBuffer.allocate(32_768);
            engine.wrap(ByteBuffer.allocate(0), out);
            return Arrays.copyOf(out.array(), out.position());
        } catch (NoSuchAlgorithmException | SSLException e) {
            throw new AssertionError(e);
        }
    }

    /** A ServerHello of TLS 1.2, with a session identifier of four bytes, and extensions. */
    private static byte[] serverHello(int... extensions) {
        ByteBuffer hello = ByteBuffer.allocate(200);
        hello.put((byte) 3).put((byte) 3).put(new byte[32]).put((byte) 4).putInt(0x01020304).putShort((short) 0xc02f).put((byte) 0);
        hello.putShort((short) extensions.length);
        for (int octet : extensions) {
            hello.put((byte) octet);
        }
        int length = hello.position();
        ByteBuffer record = ByteBuffer.allocate(length + 9);
        record.put((byte) 22).putShort((short) 0x0303).putShort((short) (length + 4)).put((byte) 2).put((byte) 0).putShort((short) length);
        record.put(hello.array(), 0, length);
        return record.array();
    }

    @Test
    void aClientsSessionIdentifierIsRead() {
        byte[] hello = clientHello();
        TlsHello read = TlsHello.read(hello, hello.length, TlsHello.CLIENT);
        assertThat(read.state()).isEqualTo(State.COMPLETE);
        assertThat(read.sessionId()).isEqualTo(Arrays.copyOfRange(hello, 44, 44 + (hello[43] & 0xff)));
    }

    @Test
    void aPrefixIsIncompleteAndNothingElse() {
        byte[] hello = clientHello();
        for (int length = 0; length < hello.length; length++) {
            assertThat(TlsHello.read(hello, length, TlsHello.CLIENT).state()).as("first %d octets", length).isEqualTo(State.INCOMPLETE);
        }
    }

    @Test
    void aHelloInManyRecordsIsPutTogether() {
        byte[] hello = clientHello();
        ByteBuffer cut = ByteBuffer.allocate(6 * hello.length);
        for (int i = 5; i < hello.length; i += 16) {
            int length = Math.min(16, hello.length - i);
            cut.put((byte) 22).putShort((short) 0x0301).putShort((short) length).put(hello, i, length);
        }
        assertThat(TlsHello.read(cut.array(), cut.position(), TlsHello.CLIENT).sessionId())
                .isEqualTo(TlsHello.read(hello, hello.length, TlsHello.CLIENT).sessionId());
    }

    @Test
    void aServersChoiceOfVersionIsRead() {
        byte[] old = serverHello(0xff, 1, 0, 1, 0);
        TlsHello read = TlsHello.read(old, old.length, TlsHello.SERVER);
        assertThat(read.sessionId()).containsExactly(1, 2, 3, 4);
        assertThat(read.byTicket()).isFalse();
        byte[] choseTls13 = serverHello(0xff, 1, 0, 1, 0, 0, 43, 0, 2, 3, 4);
        assertThat(TlsHello.read(choseTls13, choseTls13.length, TlsHello.SERVER).byTicket()).isTrue();
        byte[] ticket = serverHello(0, 35, 0, 0);
        assertThat(TlsHello.read(ticket, ticket.length, TlsHello.SERVER).byTicket()).isTrue();
    }

    @Test
    void whatIsNoHelloIsRefused() {
        byte[] http = "GET / HTTP/1.1\r\n\r\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        assertThat(TlsHello.read(http, http.length, TlsHello.CLIENT).state()).isEqualTo(State.NO_HELLO);
        assertThat(TlsHello.read(http, 1, TlsHello.CLIENT).state()).isEqualTo(State.NO_HELLO);
        byte[] server = serverHello();
        assertThat(TlsHello.read(server, server.length, TlsHello.CLIENT).state()).isEqualTo(State.NO_HELLO);
    }

    @Test
    void garbledHellosAreReadToAnEnd() {
        byte[][] hellos = {clientHello(), serverHello(0, 43, 0, 2, 3, 4)};
        for (int seed = 0; seed < 20_000; seed++) {
            Random random = new Random(seed);
            byte[] garbled = hellos[seed & 1].clone();
            for (int i = random.nextInt(6); i >= 0; i--) {
                garbled[random.nextInt(Math.min(garbled.length, 120))] = (byte) random.nextInt();
            }
            int length = random.nextInt(garbled.length + 1);
            TlsHello read = TlsHello.read(garbled, length, 1 + (seed & 1));
            assertThat(read.sessionId().length).as("seed " + seed).isLessThanOrEqualTo(32);
        }
    }
}
