/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import twinwall.link.ProtocolException;

/** Numbers, bytes and texts, and what is refused before anything is allocated for it. */
class WireTest {

    private final ByteBuffer buffer = ByteBuffer.allocate(4096);

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 127, 128, 16_383, 16_384, 300, 1L << 35, (1L << 56) - 1, 1L << 62, Long.MAX_VALUE})
    void numbersComeBackInAsManyBytesAsSaid(long number) throws ProtocolException {
        Wire.putNumber(buffer, number);
        assertThat(buffer.position()).isEqualTo(Math.max(1, (70 - Long.numberOfLeadingZeros(number)) / 7));
        buffer.flip();
        assertThat(Wire.number(buffer)).isEqualTo(number);
        assertThat(buffer.hasRemaining()).isFalse();
    }

    @RepeatedTest(20)
    void anyNumberAndAnySignedNumberComesBack(RepetitionInfo repetition) throws ProtocolException {
        Random random = new Random(repetition.getCurrentRepetition());
        for (int i = 0; i < 200; i++) {
            long number = random.nextLong() >> random.nextInt(64);
            buffer.clear();
            Wire.putNumber(buffer, number >>> 1);
            Wire.putNumber(buffer, Wire.zigzag(number >> 1));
            buffer.flip();
            assertThat(Wire.number(buffer)).isEqualTo(number >>> 1);
            assertThat(Wire.signed(Wire.number(buffer))).isEqualTo(number >> 1);
        }
    }

    @Test
    void smallSignedNumbersAreSmallOnTheWire() {
        assertThat(Wire.zigzag(0)).isZero();
        assertThat(Wire.zigzag(-1)).isEqualTo(1);
        assertThat(Wire.zigzag(1)).isEqualTo(2);
        assertThat(Wire.zigzag(-64)).isEqualTo(127);
    }

    @Test
    void aNumberOfMoreThanTenBytesIsRefused() {
        refused("bad-number", () -> Wire.number(bytes(-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, 0)));
    }

    @Test
    void aNumberThatTheFrameCutsIsRefused() {
        refused("cut-frame", () -> Wire.number(bytes()));
        refused("cut-frame", () -> Wire.number(bytes(-1, -1)));
    }

    @Test
    void aNumberOverItsLimitIsRefusedByName() {
        assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> Wire.number(bytes(101), 100, "priority"))
                .withMessage("priority is 101, at most 100 is allowed").extracting(ProtocolException::reason).isEqualTo("over-limit");
        // Negative as a long: two GiB and more.
        refused("over-limit", () -> Wire.number(bytes(-1, -1, -1, -1, -1, -1, -1, -1, -1, 1), 100, "priority"));
    }

    @Test
    void aLengthIsCheckedAgainstTheLimitAndTheFrame() {
        refused("over-limit", () -> Wire.bytes(bytes(5, 1, 2, 3, 4, 5), 4, "a key"));
        refused("over-limit", () -> Wire.bytes(bytes(-1, -1, -1, -1, 7), Limits.VALUE, "a value"));
        refused("cut-frame", () -> Wire.bytes(bytes(5, 1, 2, 3, 4), 5, "a key"));
    }

    @Test
    void bytesComeBack() throws ProtocolException {
        Wire.putBytes(buffer, new byte[] {1, 2, 3});
        Wire.putBytes(buffer, Entry.NOTHING);
        buffer.flip();
        assertThat(Wire.bytes(buffer, 3, "a key")).containsExactly(1, 2, 3);
        assertThat(Wire.bytes(buffer, 3, "a key")).isEmpty();
    }

    @Test
    void aTextIsCutToItsLimit() throws ProtocolException {
        Wire.putText(buffer, "x".repeat(Limits.TEXT + 100));
        buffer.flip();
        assertThat(Wire.text(buffer, "a reason")).isEqualTo("x".repeat(Limits.TEXT));
    }

    @Test
    void aTextCannotForgeALogLine() throws ProtocolException {
        byte[] forged = "stops\nERROR all is lost\u001b[2J".getBytes(StandardCharsets.UTF_8);
        Wire.putBytes(buffer, forged);
        buffer.flip();
        assertThat(Wire.text(buffer, "a reason")).isEqualTo("stops ERROR all is lost [2J");
    }

    @Test
    void aTextThatIsNoUtf8IsStillAText() throws ProtocolException {
        assertThat(Wire.text(bytes(2, 0xc3, 0x28), "a reason")).isEqualTo("\ufffd(");
    }

    @Test
    void octetsAndLongsThatTheFrameCutsAreRefused() {
        refused("cut-frame", () -> Wire.octet(bytes()));
        refused("cut-frame", () -> Wire.eight(bytes(1, 2, 3, 4, 5, 6, 7)));
    }

    private static void refused(String reason, ThrowingCallable call) {
        assertThatExceptionOfType(ProtocolException.class).isThrownBy(call).extracting(ProtocolException::reason).isEqualTo(reason);
    }

    private static ByteBuffer bytes(int... octets) {
        byte[] bytes = new byte[octets.length];
        for (int i = 0; i < octets.length; i++) {
            bytes[i] = (byte) octets[i];
        }
        return ByteBuffer.wrap(bytes);
    }
}
