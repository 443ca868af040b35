/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;

import org.junit.jupiter.api.Test;
import twinwall.firewall.embedded.PcpClient.Answer;

/** What the PCP server makes of messages, well made or not (RFC 6887, sections 7 to 9). */
class PcpMessageTest {

    private static final int UDP = 17;

    private final TestFirewall firewall = new TestFirewall("pcp_address", PcpClient.SERVER, "pcp_pool", TestFirewall.PUBLIC,
            "pcp_max_requests_per_s", "1000000");
    private final PcpClient host = new PcpClient("10.0.0.5", 1);

    private DropReason dropped(byte[] frame) {
        return firewall.inside(frame).reason();
    }

    private int result(byte[] message) {
        return host.ask(firewall, message).result();
    }

    private byte[] map() {
        return host.map(UDP, 5000, 0, "0.0.0.0", 600);
    }

    private static byte[] changed(byte[] message, int at, int value) {
        byte[] changed = message.clone();
        changed[at] = (byte) value;
        return changed;
    }

    @Test
    void announceIsAnsweredWithTheEpochTime() {
        Answer answer = host.ask(firewall, host.header(0, 0));
        assertThat(answer.result()).isZero();
        assertThat(answer.opcode()).isZero();
        assertThat(answer.lifetime()).isZero();
        assertThat(answer.all()).hasSize(24);
        firewall.pass(77);
        assertThat(host.ask(firewall, host.header(0, 0)).epoch()).isEqualTo(answer.epoch() + 77);
    }

    @Test
    void otherVersionsAndNatPmpAreToldWhichOneIsSpoken() {
        for (byte[] message : new byte[][] {{0, 0}, {0, 1, 0, 0, 19, (byte) 136, 0, 0, 0, 0, 14, 16}, changed(map(), 0, 1),
            changed(map(), 0, 3), {3, 1, 2}}) {
            Answer answer = host.ask(firewall, message);
            assertThat(answer.version()).isEqualTo(2);
            assertThat(answer.result()).isEqualTo(1);
            assertThat(answer.lifetime()).isEqualTo(1800);
            assertThat(answer.opcode()).isEqualTo(message[1]);
        }
    }

    @Test
    void whatIsNoRequestGetsNoAnswer() {
        assertThat(dropped(host.frame(new byte[0]))).isEqualTo(DropReason.PCP_REFUSED);
        assertThat(dropped(host.frame(new byte[] {2}))).isEqualTo(DropReason.PCP_REFUSED);
        assertThat(dropped(host.frame(changed(map(), 1, 0x81)))).as("a response").isEqualTo(DropReason.PCP_REFUSED);
        assertThat(dropped(host.frame(Arrays.copyOf(map(), 23)))).isEqualTo(DropReason.PCP_REFUSED);
    }

    @Test
    void malformedRequestsAreToldSo() {
        assertThat(result(Arrays.copyOf(map(), 59))).isEqualTo(3);
        assertThat(result(Arrays.copyOf(map(), 56))).isEqualTo(3);
        assertThat(result(Arrays.copyOf(map(), 1104))).as("too long").isEqualTo(3);
        assertThat(result(host.map(0, 5, 0, "0.0.0.0", 600))).as("a port of all protocols").isEqualTo(3);
        assertThat(result(host.peer(UDP, 0, 0, "192.0.2.1", 5, 600))).isEqualTo(3);
        assertThat(result(host.peer(UDP, 5, 0, "192.0.2.1", 0, 600))).isEqualTo(3);
        assertThat(result(changed(host.peer(UDP, 5, 0, "192.0.2.1", 5, 600), 64, 9))).as("an IPv6 peer").isEqualTo(3);
        byte[] error = host.ask(firewall, Arrays.copyOf(map(), 56)).all();
        assertThat(Arrays.copyOfRange(error, 12, 24)).as("the client's address").isEqualTo(Arrays.copyOfRange(map(), 12, 24));
        assertThat(Arrays.copyOfRange(error, 24, 36)).as("the nonce").isEqualTo(Arrays.copyOfRange(map(), 24, 36));
        assertThat(PcpTest.table(firewall).size()).isZero();
    }

    @Test
    void unknownOpcodesProtocolsAndAddressesAreToldSo() {
        assertThat(result(changed(map(), 1, 3))).isEqualTo(4);
        assertThat(result(host.map(132, 5000, 0, "0.0.0.0", 600))).isEqualTo(9);
        assertThat(result(host.map(0, 0, 0, "0.0.0.0", 600))).as("all protocols").isEqualTo(9);
        assertThat(result(host.map(UDP, 0, 0, "0.0.0.0", 600))).as("all ports").isEqualTo(9);
        assertThat(result(changed(map(), 23, 6))).as("through another NAT").isEqualTo(12);
        PcpClient stranger = new PcpClient("192.0.2.5", 1);
        assertThat(stranger.ask(firewall, stranger.map(UDP, 5000, 0, "0.0.0.0", 600)).result()).isEqualTo(2);
        assertThat(PcpTest.table(firewall).size()).isZero();
    }

    @Test
    void optionsThatMustBeUnderstoodAreAndOthersArePassedOver() {
        assertThat(result(PcpClient.with(map(), PcpClient.option(77, new byte[3])))).isEqualTo(5);
        byte[] filter = PcpClient.filter("192.0.2.1", 128, 0);
        Answer answer = host.ask(firewall, PcpClient.with(map(), PcpClient.option(200, new byte[5]), filter));
        assertThat(answer.result()).isZero();
        assertThat(answer.all()).as("only the one that is understood comes back").hasSize(60 + 24);
        assertThat(result(PcpClient.with(map(), PcpClient.preferFailure(), PcpClient.preferFailure()))).isEqualTo(6);
        assertThat(result(PcpClient.with(map(), PcpClient.preferFailure()))).as("nothing is preferred").isEqualTo(6);
        assertThat(result(PcpClient.with(map(), PcpClient.option(2, new byte[4])))).isEqualTo(6);
        assertThat(result(PcpClient.with(map(), PcpClient.filter("192.0.2.1", 95, 0)))).isEqualTo(6);
        assertThat(result(PcpClient.with(map(), PcpClient.filter("192.0.2.1", 129, 0)))).isEqualTo(6);
        assertThat(result(PcpClient.with(map(), new byte[] {3, 0, 0, 100}))).as("longer than the message").isEqualTo(6);
        assertThat(result(host.peer(UDP, 5, 0, "192.0.2.1", 5, 600, PcpClient.filter("192.0.2.1", 128, 0)))).isEqualTo(6);
    }

    @Test
    void onlyWholePacketsFromInsideWithARightChecksumAreAnswered() {
        byte[] frame = host.frame(map());
        assertThat(firewall.outside(frame.clone()).reason()).isEqualTo(DropReason.PCP_REFUSED);
        assertThat(dropped(Frames.fragment4(frame, 1, 0, 16, true))).isEqualTo(DropReason.PCP_REFUSED);
        assertThat(dropped(changed(frame, 60, 0x55))).isEqualTo(DropReason.TRANSPORT_CHECKSUM);
        assertThat(dropped(Arrays.copyOf(frame, 60))).isEqualTo(DropReason.TRUNCATED);
        TestFirewall off = new TestFirewall();
        assertThat(off.inside(frame.clone())).as("a packet like any other").isEqualTo(Verdict.forwarded(EmbeddedFirewall.OUTSIDE));
    }

    @Test
    void vlanTagsComeBackAsTheyWere() {
        byte[] tagged = Frames.tagged(host.frame(map()), 0x8100);
        TestFirewall.Passage passage = firewall.send(EmbeddedFirewall.INSIDE, tagged);
        byte[] answer = Arrays.copyOfRange(passage.frame().bytes, passage.frame().offset, passage.frame().offset + passage.frame().length);
        assertThat(Arrays.copyOfRange(answer, 12, 18)).isEqualTo(Arrays.copyOfRange(tagged, 12, 18));
        assertThat(Frames.checksumsRight(answer)).isTrue();
    }

    @Test
    void oneClientCannotTakeTheServerFromTheOthers() {
        TestFirewall slow = new TestFirewall("pcp_address", PcpClient.SERVER, "pcp_pool", TestFirewall.PUBLIC,
                "pcp_max_requests_per_s", "100");
        for (int i = 0; i < 10; i++) {
            host.ask(slow, host.header(0, 0));
        }
        assertThat(slow.inside(host.frame(host.header(0, 0))).reason()).isEqualTo(DropReason.PCP_REFUSED);
        PcpClient other = new PcpClient("10.0.0.6", 2);
        assertThat(other.ask(slow, other.header(0, 0)).result()).isZero();
        slow.pass(1);
        assertThat(host.ask(slow, host.header(0, 0)).result()).isZero();
    }

    @Test
    void whateverComesNothingFailsNothingLongComesBackAndRefusalsLeaveNothing() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        byte[][] originals = {host.header(0, 0), map(), host.map(6, 80, 80, TestFirewall.PUBLIC, 600, PcpClient.preferFailure()),
            host.map(UDP, 1, 0, "0.0.0.0", 0), host.peer(UDP, 7, 0, "192.0.2.1", 9, 600),
            host.map(UDP, 9, 0, "0.0.0.0", 600, PcpClient.filter("192.0.2.0", 120, 1), PcpClient.option(130, new byte[7]))};
        for (int i = 0; i < 60_000; i++) {
            byte[] original = originals[random.nextInt(originals.length)];
            byte[] message = Arrays.copyOf(original, random.nextInt(4) == 0 ? random.nextInt(1400) : original.length);
            for (int change = random.nextInt(5); change > 0 && message.length > 0; change--) {
                message[random.nextInt(message.length)] = (byte) random.nextInt();
            }
            int before = PcpTest.table(firewall).size();
            TestFirewall.Passage passage;
            try {
                firewall.now += random.nextInt(2_000_000);
                passage = firewall.send(EmbeddedFirewall.INSIDE, host.frame(message));
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed + ", message " + Arrays.toString(message), e);
            }
            Frame frame = passage.frame();
            boolean granted = passage.verdict().forwarded() && frame.bytes[frame.offset + 42 + 3] == 0;
            assertThat(passage.verdict().forwarded() ? frame.length - 42 : 24).as("seed " + seed).isBetween(24, 1100);
            if (!granted) {
                assertThat(PcpTest.table(firewall).size()).as("seed " + seed).isLessThanOrEqualTo(before);
            }
        }
        assertThat(PcpTest.table(firewall).size()).isLessThanOrEqualTo(32);
    }
}
