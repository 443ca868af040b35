/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.dslite;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import twinwall.firewall.Ip6;
import twinwall.firewall.embedded.Frames;
import twinwall.firewall.embedded.packet.Packet;

class EncapsulationTest {

    private static final Ip6 AFTR = new Ip6(0x20010db800000000L, 1);
    private static final Ip6 B4 = new Ip6(0x20010db800010000L, 1);
    private static final int IP = 14;

    private static byte[] udp(int typeOfService) {
        byte[] frame = Frames.udp("198.51.100.1", 53, "10.0.0.1", 5000, 30);
        frame[IP + 1] = (byte) typeOfService;
        return Frames.headerChecksum(frame);
    }

    private static byte[] closed(int typeOfService) {
        return Encapsulation.close(Frames.read(udp(typeOfService)), 0, AFTR, B4);
    }

    @Test
    void whatIsClosedAndOpenedIsTheSame() {
        byte[] outer = closed(0xb8);
        Packet packet = Frames.read(outer);
        assertThat(packet.v6).isTrue();
        assertThat(packet.protocol).isEqualTo(4);
        assertThat(new Ip6(packet.sourceHigh, packet.sourceLow)).isEqualTo(AFTR);
        assertThat(new Ip6(packet.destinationHigh, packet.destinationLow)).isEqualTo(B4);
        assertThat(packet.ipLength()).isEqualTo(40 + udp(0).length - IP);
        assertThat((outer[IP] & 0xf) << 4 | outer[IP + 1] >> 4 & 0xf).as("traffic class").isEqualTo(0xb8);
        assertThat(Encapsulation.open(packet, 0)).isEqualTo(udp(0xb8));
    }

    @Test
    void vlanTagsStay() {
        byte[] tagged = Frames.tagged(udp(0), 0x8100);
        byte[] outer = Encapsulation.close(Frames.read(tagged), 0, AFTR, B4);
        assertThat(Encapsulation.open(Frames.read(outer), 0)).isEqualTo(tagged);
    }

    @Test
    void congestionOnTheWayIsToldToWhoUnderstandsIt() {
        byte[] capable = closed(2);
        capable[IP + 1] |= 0x30;
        assertThat(Encapsulation.open(Frames.read(capable), 0)).isEqualTo(udp(3));
        byte[] other = closed(0);
        other[IP + 1] |= 0x30;
        assertThat(Encapsulation.open(Frames.read(other), 0)).isNull();
    }

    @Test
    void whatHoldsNoIpv4PacketIsNotOpened() {
        byte[] six = closed(0);
        six[IP + 40] = 0x65;
        assertThat(Encapsulation.open(Frames.read(six), 0)).isNull();
        byte[] empty = Frames.ip("2001:db8::1", "2001:db8::2", 4, new byte[19], -1);
        assertThat(Encapsulation.open(Frames.read(empty), 0)).isNull();
    }
}
