/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;

import org.junit.jupiter.api.Test;
import twinwall.link.ProtocolException;

class SessionTest {

    @Test
    void aHelloGoesBeforeAllDataThatWaits() {
        Duo duo = new Duo(false, 0);
        duo.settle();
        for (int i = 0; i < 2000; i++) {
            duo.a.change("k" + i, "v".repeat(100));
        }
        assertThat(duo.a.next()[0]).isEqualTo((byte) FrameType.WATERMARKS);
        assertThat(duo.a.next()[0]).isEqualTo((byte) FrameType.CHANGES);
        duo.now += Duo.HELLO;
        assertThat(duo.a.next()[0]).isEqualTo((byte) FrameType.HELLO);
        assertThat(duo.a.next()[0]).isEqualTo((byte) FrameType.CHANGES);
    }

    @Test
    void changesGoBeforeASnapshot() {
        Duo duo = new Duo(false, 0);
        duo.settle();
        for (int i = 0; i < 1000; i++) {
            duo.a.change("k" + i, "v".repeat(100));
        }
        duo.settle();
        duo.a.replica.sendAgain();
        assertThat(duo.a.next()[0]).isEqualTo((byte) FrameType.SNAPSHOT_BEGIN);
        duo.a.read();
        duo.a.change("new", "v");
        duo.a.next();
        byte[] frame = duo.a.next();
        frame = frame[0] == FrameType.WATERMARKS ? duo.a.next() : frame;
        assertThat(new byte[] {frame[0], duo.a.next()[0]}).contains(FrameType.SNAPSHOT_ENTRIES);
    }

    @Test
    void nothingIsSentBeforeThePeerHasGreeted() {
        Duo duo = new Duo(false, 0);
        assertThat(duo.a.next()[0]).isEqualTo((byte) FrameType.GREETING);
        duo.now += 10 * Duo.HELLO;
        assertThat(duo.a.next()).isNull();
    }

    @Test
    void aPeerOfAnotherNameVersionOrHelloIntervalIsRefusedWithWhatToDo() {
        refused("wrong-peer", "twinwall.group", new Greeting(1, 1, "fw-x", "fw-a", 9, 5, 100, 5));
        refused("wrong-peer", "twinwall.group", new Greeting(1, 1, "fw-b", "fw-x", 9, 5, 100, 5));
        refused("version", "Upgrade", new Greeting(2, 3, "fw-b", "fw-a", 9, 5, 100, 5));
        refused("hello-interval", "same values", new Greeting(1, 1, "fw-b", "fw-a", 9, 5, 200, 5));
        refused("hello-interval", "same values", new Greeting(1, 1, "fw-b", "fw-a", 9, 5, 100, 3));
    }

    @Test
    void aNewerPeerThatStillSpeaksThisVersionIsWelcome() throws ProtocolException {
        Duo duo = new Duo(false, 0);
        duo.a.session.received(written(new Greeting(1, 2, "fw-b", "fw-a", 9, 5, 100, 5)), duo.now);
        assertThat(duo.a.session.established()).isTrue();
    }

    @Test
    void framesOfReservedTypesAreSkippedAndOthersRefused() throws ProtocolException {
        Duo duo = new Duo(false, 0);
        duo.settle();
        duo.a.session.received(ByteBuffer.wrap(new byte[] {(byte) 0x80, 1, 2, 3}), duo.now);
        assertThatThrownBy(() -> duo.a.session.received(ByteBuffer.wrap(new byte[] {0x7f, 0}), duo.now))
                .isInstanceOfSatisfying(ProtocolException.class, e -> assertThat(e.reason()).isEqualTo("unknown-frame"));
    }

    @Test
    void aStrangersBytesAreNoGreeting() {
        Duo duo = new Duo(false, 0);
        assertThatThrownBy(() -> duo.a.session.received(ByteBuffer.wrap("\u0001GET / HTTP/1.1".getBytes()), duo.now))
                .isInstanceOfSatisfying(ProtocolException.class, e -> assertThat(e.reason()).isEqualTo("not-twinwall"));
        assertThatThrownBy(() -> duo.a.session.received(ByteBuffer.wrap(new byte[] {FrameType.HELLO, 1}), duo.now))
                .isInstanceOfSatisfying(ProtocolException.class, e -> assertThat(e.reason()).isEqualTo("no-greeting"));
    }

    private static void refused(String reason, String advice, Greeting greeting) {
        Duo duo = new Duo(false, 0);
        assertThatThrownBy(() -> duo.a.session.received(written(greeting), duo.now))
                .isInstanceOfSatisfying(ProtocolException.class, e -> assertThat(e.reason()).isEqualTo(reason))
                .hasMessageContaining(advice);
        assertThat(duo.a.session.established()).isFalse();
    }

    private static ByteBuffer written(Greeting greeting) {
        ByteBuffer buffer = ByteBuffer.allocate(500);
        greeting.write(buffer);
        return buffer.flip();
    }
}
