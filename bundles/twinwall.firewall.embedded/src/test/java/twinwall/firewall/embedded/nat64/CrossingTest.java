/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.nat64;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import twinwall.firewall.embedded.DropReason;
import twinwall.firewall.embedded.Frame;
import twinwall.firewall.embedded.Frames;
import twinwall.firewall.embedded.lists.Prefix;
import twinwall.firewall.embedded.packet.Packet;
import twinwall.firewall.embedded.packet.PacketReader;

class CrossingTest {

    private static final String CLIENT6 = "2001:db8::1";
    private static final String SERVER6 = "2001:db8:64::c000:201";
    private static final String PUBLIC = "203.0.113.1";
    private static final String SERVER = "192.0.2.1";
    private static final int IP = 14;

    private final Crossing crossing = new Crossing(1500, 1500, 1280);
    private final Frame out = new Frame(new byte[0]);

    private byte[] translated(byte[] frame) {
        return translated(frame, null);
    }

    /** Client 1500 is 2000 outside, server port 80 stays. */
    private byte[] translated(byte[] frame, DropReason expected) {
        Packet packet = Frames.read(frame);
        assertThat(crossing.packet(packet, 0, ends(packet.v6), out)).isEqualTo(expected);
        return out.bytes;
    }

    private static Ends ends(boolean from6) {
        Ends ends = new Ends();
        Prefix source = Prefix.parse(from6 ? PUBLIC : SERVER6);
        Prefix destination = Prefix.parse(from6 ? SERVER : CLIENT6);
        ends.sourceHigh = source.high();
        ends.sourceLow = source.low();
        ends.destinationHigh = destination.high();
        ends.destinationLow = destination.low();
        ends.sourcePort = from6 ? 2000 : 80;
        ends.destinationPort = from6 ? 80 : 1500;
        return ends;
    }

    private static void is(byte[] frame, String source, int sourcePort, String destination, int destinationPort) {
        Packet packet = Frames.read(frame);
        Prefix from = Prefix.parse(source);
        Prefix to = Prefix.parse(destination);
        assertThat(packet.v6).isEqualTo(from.v6());
        assertThat(packet.sourceHigh).isEqualTo(from.high());
        assertThat(packet.sourceLow).isEqualTo(from.low());
        assertThat(packet.destinationHigh).isEqualTo(to.high());
        assertThat(packet.destinationLow).isEqualTo(to.low());
        assertThat(packet.sourcePort()).isEqualTo(sourcePort);
        assertThat(packet.destinationPort()).isEqualTo(destinationPort);
        assertThat(packet.ipLength()).isEqualTo(frame.length - IP);
    }

    @Test
    void tcpAndUdpCrossBothWaysWithRightChecksums() {
        for (int data = 0; data < 20; data++) {
            byte[] up = translated(Frames.tcp(CLIENT6, 1500, SERVER6, 80, Frames.SYN, data, 0, data));
            is(up, PUBLIC, 2000, SERVER, 80);
            assertThat(Frames.checksumsRight(up)).isTrue();
            byte[] down = translated(Frames.udp(SERVER, 80, PUBLIC, 2000, data));
            is(down, SERVER6, 80, CLIENT6, 1500);
            assertThat(Frames.checksumsRight(down)).isTrue();
            assertThat(Frames.checksumsRight(translated(Frames.udp(CLIENT6, 1500, SERVER6, 80, data)))).isTrue();
            assertThat(Frames.checksumsRight(translated(Frames.tcp(SERVER, 80, PUBLIC, 2000, Frames.ACK, data, 0, data)))).isTrue();
        }
    }

    @Test
    void echoRequestsAndRepliesCrossBothWays() {
        byte[] up = translated(Frames.icmp(CLIENT6, SERVER6, 128, 1500, 7, new byte[9]));
        Packet request = Frames.read(up);
        assertThat(request.icmpType).isEqualTo(8);
        assertThat(request.sourcePort()).isEqualTo(2000);
        assertThat(Frames.checksumsRight(up)).isTrue();
        byte[] down = translated(Frames.icmp(SERVER, PUBLIC, 0, 2000, 7, new byte[9]));
        assertThat(Frames.read(down).icmpType).isEqualTo(129);
        assertThat(Frames.read(down).destinationPort()).isEqualTo(1500);
        assertThat(Frames.checksumsRight(down)).isTrue();
    }

    @Test
    void aWrongChecksumStaysWrong() {
        byte[] frame = Frames.udp(CLIENT6, 1500, SERVER6, 80, 10);
        frame[frame.length - 1] ^= 1;
        assertThat(Frames.checksumsRight(translated(frame))).isFalse();
    }

    @Test
    void hopLimitTrafficClassAndIdentificationAreAsTheRfcSays() {
        byte[] frame = Frames.udp(CLIENT6, 1500, SERVER6, 80, 10);
        frame[IP] = 0x6b;
        frame[IP + 1] = (byte) 0x81;
        frame[IP + 7] = 9;
        byte[] small = translated(frame);
        assertThat(small[IP + 1]).as("type of service").isEqualTo((byte) 0xb8);
        assertThat(small[IP + 8]).as("TTL").isEqualTo((byte) 8);
        assertThat(u16(small, IP + 6)).as("up to 1260 octets DF is not set").isZero();
        assertThat(u16(small, IP + 4)).isNotZero();
        byte[] large = translated(Frames.udp(CLIENT6, 1500, SERVER6, 80, 1261 - 28));
        assertThat(u16(large, IP + 6)).as("above it is").isEqualTo(0x4000);
        byte[] back = Frames.headerChecksum(with(Frames.udp(SERVER, 80, PUBLIC, 2000, 10), IP + 1, 0xb8));
        byte[] six = translated(back);
        assertThat(u16(six, IP)).isEqualTo(0x6b80);
        assertThat(six[IP + 7]).as("hop limit").isEqualTo((byte) 63);
    }

    @Test
    void whatHasNoHopLeftIsRefused() {
        translated(with(Frames.udp(CLIENT6, 1500, SERVER6, 80, 1), IP + 7, 1), DropReason.HOP_LIMIT);
        translated(Frames.headerChecksum(with(Frames.udp(SERVER, 80, PUBLIC, 2000, 1), IP + 8, 1)), DropReason.HOP_LIMIT);
    }

    @Test
    void aUdpDatagramWithoutAChecksumGetsOne() {
        byte[] frame = Frames.udp(SERVER, 80, PUBLIC, 2000, 11);
        ByteBuffer.wrap(frame).putShort(IP + 26, (short) 0);
        assertThat(Frames.checksumsRight(translated(frame))).isTrue();
        byte[] cut = Frames.fragment4(withoutChecksum(Frames.udp(SERVER, 80, PUBLIC, 2000, 100)), 7, 0, 80, true);
        translated(cut, DropReason.NAT64_UNTRANSLATABLE);
    }

    @Test
    void whatIsTooLargeAndMustNotBeFragmentedIsRefused() {
        byte[] frame = Frames.udp(SERVER, 80, PUBLIC, 2000, 1500 - 28);
        translated(Frames.headerChecksum(with(frame, IP + 6, 0x40)), DropReason.PACKET_TOO_BIG);
        assertThat(crossing.mtuBefore(Frames.read(frame))).isEqualTo(1480);
        byte[] fits = Frames.udp(SERVER, 80, PUBLIC, 2000, 1480 - 28);
        assertThat(translated(Frames.headerChecksum(with(fits, IP + 6, 0x40)))).hasSize(IP + 1500);
        Packet large = Frames.read(Frames.udp(CLIENT6, 1500, SERVER6, 80, 1480));
        assertThat(new Crossing(1400, 1500, 1280).packet(large, 0, ends(true), out)).isEqualTo(DropReason.PACKET_TOO_BIG);
        assertThat(new Crossing(1400, 1500, 1280).mtuBefore(large)).isEqualTo(1420);
    }

    @Test
    void withoutDontFragmentItIsSplitToTheLowestMtu() {
        byte[] first = translated(Frames.udp(SERVER, 80, PUBLIC, 2000, 1400));
        assertThat(out.more()).hasSize(1);
        assertThat(first).hasSize(IP + 1280);
        Packet one = Frames.read(first);
        Packet two = Frames.read(out.more().get(0));
        assertThat(one.moreFragments).isTrue();
        assertThat(one.fragmentId).isEqualTo(two.fragmentId).isEqualTo(0x1234);
        assertThat(two.fragmentOffset).isEqualTo(1232);
        assertThat(two.moreFragments).isFalse();
        byte[] whole = new byte[IP + 40 + 1408];
        System.arraycopy(first, 0, whole, 0, IP + 40);
        System.arraycopy(first, IP + 48, whole, IP + 40, 1232);
        System.arraycopy(out.more().get(0), IP + 48, whole, IP + 40 + 1232, 1408 - 1232);
        whole[IP + 6] = 17;
        ByteBuffer.wrap(whole).putShort(IP + 4, (short) 1408);
        assertThat(Frames.checksumsRight(whole)).isTrue();
    }

    @Test
    void fragmentsStayFragmentsBothWays() {
        byte[] whole = Frames.udp(CLIENT6, 1500, SERVER6, 80, 2000);
        byte[] first = translated(Frames.fragment6(whole, 0xabcd1234, 0, 1232, true));
        byte[] last = translated(Frames.fragment6(whole, 0xabcd1234, 1232, 2008, false));
        assertThat(u16(first, IP + 4)).isEqualTo(u16(last, IP + 4)).isEqualTo(0x1234);
        assertThat(u16(first, IP + 6)).isEqualTo(0x2000);
        assertThat(u16(last, IP + 6)).isEqualTo(1232 / 8);
        byte[] back = Frames.udp(SERVER, 80, PUBLIC, 2000, 2000);
        Packet six = Frames.read(translated(Frames.fragment4(back, 77, 0, 1200, true)));
        assertThat(six.fragment && six.moreFragments && six.fragmentOffset == 0 && six.fragmentId == 77).isTrue();
        Packet later = Frames.read(translated(Frames.fragment4(back, 77, 1200, 2008, false)));
        assertThat(later.fragmentOffset).isEqualTo(1200);
        assertThat(later.moreFragments).isFalse();
    }

    @Test
    void extensionHeadersAreLeftOutAndSegmentsLeftAreRefused() {
        byte[] plain = Frames.udp(CLIENT6, 1500, SERVER6, 80, 30);
        byte[] options = extended(plain, 60, 0);
        is(translated(options), PUBLIC, 2000, SERVER, 80);
        assertThat(Frames.checksumsRight(out.bytes)).isTrue();
        translated(extended(plain, 43, 1), DropReason.SOURCE_ROUTE);
        assertThat(crossing.segmentsLeftAt()).isEqualTo(IP + 43);
        is(translated(extended(plain, 43, 0)), PUBLIC, 2000, SERVER, 80);
        translated(extended(plain, 51, 0), DropReason.NAT64_UNTRANSLATABLE);
    }

    /** RFC 7915, section 5.2. */
    @ParameterizedTest
    @CsvSource({"1,0,0,3,1,0", "1,1,0,3,10,0", "1,2,0,3,1,0", "1,3,0,3,1,0", "1,4,0,3,3,0", "2,0,1400,3,4,1380", "2,0,9000,3,4,1480",
        "3,0,0,11,0,0", "3,1,0,11,1,0", "4,0,6,12,0,150994944", "4,0,7,12,0,134217728", "4,0,24,12,0,268435456", "4,1,0,3,2,0"})
    void icmpv6ErrorsBecomeIcmpErrors(int type, int code, int rest, int expectedType, int expectedCode, int expectedRest) {
        byte[] about = Frames.udp(SERVER6, 80, CLIENT6, 1500, 30);
        byte[] error = error(Frames.icmp(CLIENT6, SERVER6, type, 0, 0, quote(about)), code, rest);
        cross(error, null, true);
        byte[] made = out.bytes;
        assertThat(made[IP + 20]).isEqualTo((byte) expectedType);
        assertThat(made[IP + 21]).isEqualTo((byte) expectedCode);
        assertThat(ByteBuffer.wrap(made).getInt(IP + 24)).isEqualTo(expectedRest);
        assertThat(Frames.checksumsRight(made)).isTrue();
        byte[] inside = new byte[14 + made.length - IP - 28];
        System.arraycopy(made, IP + 28, inside, 14, inside.length - 14);
        ByteBuffer.wrap(inside).putShort(12, (short) 0x0800);
        is(inside, SERVER, 80, PUBLIC, 2000);
        assertThat(Frames.checksumsRight(inside)).as("of the quoted packet").isTrue();
    }

    /** RFC 7915, section 4.2. */
    @ParameterizedTest
    @CsvSource({"3,0,0,1,0,0", "3,1,0,1,0,0", "3,2,0,4,1,6", "3,3,0,1,4,0", "3,4,1400,2,0,1420", "3,4,500,2,0,1280", "3,4,0,2,0,1280",
        "3,9,0,1,1,0", "3,13,0,1,1,0", "11,0,0,3,0,0", "12,0,150994944,4,0,6", "12,2,134217728,4,0,7"})
    void icmpErrorsBecomeIcmpv6Errors(int type, int code, int rest, int expectedType, int expectedCode, int expectedRest) {
        byte[] about = Frames.udp(PUBLIC, 2000, SERVER, 80, 30);
        byte[] error = error(Frames.icmp("198.51.100.77", PUBLIC, type, 0, 0, quote(about)), code, rest);
        cross(error, null, false);
        byte[] made = out.bytes;
        assertThat(made[IP + 40]).isEqualTo((byte) expectedType);
        assertThat(made[IP + 41]).isEqualTo((byte) expectedCode);
        assertThat(ByteBuffer.wrap(made).getInt(IP + 44)).isEqualTo(expectedRest);
        assertThat(Frames.checksumsRight(made)).isTrue();
        byte[] inside = new byte[14 + made.length - IP - 48];
        System.arraycopy(made, IP + 48, inside, 14, inside.length - 14);
        ByteBuffer.wrap(inside).putShort(12, (short) 0x86dd);
        is(inside, CLIENT6, 1500, SERVER6, 80);
        assertThat(Frames.checksumsRight(inside)).as("of the quoted packet").isTrue();
    }

    @Test
    void errorsThatHaveNoCounterpartAreDropped() {
        byte[] about = Frames.udp(PUBLIC, 2000, SERVER, 80, 30);
        cross(error(Frames.icmp(SERVER, PUBLIC, 3, 0, 0, quote(about)), 14, 0), DropReason.ICMP_TYPE, false);
        cross(error(Frames.icmp(SERVER, PUBLIC, 12, 0, 0, quote(about)), 1, 0), DropReason.ICMP_TYPE, false);
        byte[] wrong = error(Frames.icmp(SERVER, PUBLIC, 3, 0, 0, quote(about)), 1, 0);
        wrong[IP + 23] ^= 1;
        cross(wrong, DropReason.TRANSPORT_CHECKSUM, false);
    }

    @Test
    void noPacketMakesItThrow() {
        Random random = new Random(7915);
        byte[][] seeds = {Frames.udp(CLIENT6, 1500, SERVER6, 80, 60), Frames.tcp(SERVER, 80, PUBLIC, 2000, Frames.ACK, 1, 1, 60),
            extended(Frames.udp(CLIENT6, 1500, SERVER6, 80, 30), 60, 0), Frames.icmp(SERVER, PUBLIC, 3, 0, 0, new byte[40]),
            Frames.fragment6(Frames.udp(CLIENT6, 1500, SERVER6, 80, 90), 1, 0, 48, true),
            Frames.icmp(CLIENT6, SERVER6, 1, 0, 0, quote(Frames.udp(SERVER6, 80, CLIENT6, 1500, 30)))};
        PacketReader reader = new PacketReader();
        Packet packet = new Packet();
        Packet quoted = new Packet();
        for (int i = 0; i < 200_000; i++) {
            byte[] frame = seeds[i % seeds.length].clone();
            for (int change = random.nextInt(4); change >= 0; change--) {
                frame[IP + random.nextInt(frame.length - IP)] = (byte) random.nextInt();
            }
            int length = random.nextInt(8) == 0 ? random.nextInt(frame.length) : frame.length;
            if (frame[12] == 8 && length >= 34) {
                Frames.headerChecksum(frame);
            }
            if (reader.frame(packet, frame, 0, length) == null) {
                crossing.packet(packet, 0, ends(packet.v6), out);
                if (packet.icmpKind != null && reader.quoted(quoted, packet) == null && !quoted.laterFragment() && !packet.fragment) {
                    crossing.error(packet, quoted, 0, ends(packet.v6), ends(!packet.v6), out);
                }
            }
        }
    }

    private void cross(byte[] frame, DropReason expected, boolean from6) {
        Packet error = Frames.read(frame);
        Packet quoted = new Packet();
        assertThat(new PacketReader().quoted(quoted, error)).isNull();
        Ends ends = ends(from6);
        Ends inside = ends(from6);
        inside.sourceHigh = ends.destinationHigh;
        inside.sourceLow = ends.destinationLow;
        inside.sourcePort = ends.destinationPort;
        inside.destinationHigh = ends.sourceHigh;
        inside.destinationLow = ends.sourceLow;
        inside.destinationPort = ends.sourcePort;
        assertThat(crossing.error(error, quoted, 0, ends, inside, out)).isEqualTo(expected);
    }

    private static byte[] error(byte[] frame, int code, int rest) {
        byte[] changed = frame.clone();
        int at = IP + (frame[12] == 8 ? 20 : 40);
        changed[at + 1] = (byte) code;
        ByteBuffer.wrap(changed).putInt(at + 4, rest);
        byte[] payload = Arrays.copyOfRange(changed, at, changed.length);
        payload[2] = 0;
        payload[3] = 0;
        boolean v6 = at == IP + 40;
        return Frames.ip(text(frame, v6, true), text(frame, v6, false), v6 ? 58 : 1, payload, 2);
    }

    private static String text(byte[] frame, boolean v6, boolean source) {
        int octets = v6 ? 16 : 4;
        int at = IP + (v6 ? 8 : 12) + (source ? 0 : octets);
        try {
            return InetAddress.getByAddress(Arrays.copyOfRange(frame, at, at + octets)).getHostAddress();
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] quote(byte[] frame) {
        return Arrays.copyOfRange(frame, IP, frame.length);
    }

    private static byte[] extended(byte[] frame, int header, int segmentsLeft) {
        ByteBuffer extended = ByteBuffer.allocate(frame.length + 8);
        extended.put(frame, 0, IP + 40).put(frame[IP + 6]).put((byte) 0).put((byte) (header == 43 ? 4 : 1))
                .put((byte) (header == 43 ? segmentsLeft : 4)).putInt(0).put(frame, IP + 40, frame.length - IP - 40);
        extended.put(IP + 6, (byte) header).putShort(IP + 4, (short) (u16(frame, IP + 4) + 8));
        return extended.array();
    }

    private static byte[] withoutChecksum(byte[] frame) {
        ByteBuffer.wrap(frame).putShort(IP + 26, (short) 0);
        return frame;
    }

    private static byte[] with(byte[] frame, int at, int value) {
        frame[at] = (byte) value;
        return frame;
    }

    private static int u16(byte[] bytes, int at) {
        return ByteBuffer.wrap(bytes).getShort(at) & 0xffff;
    }
}
