/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.packet;

import static twinwall.firewall.embedded.packet.Octets.put16;
import static twinwall.firewall.embedded.packet.Octets.put32;
import static twinwall.firewall.embedded.packet.Octets.u8;

/** Builds the ICMP or ICMPv6 error with which the firewall answers a packet that it cannot forward (RFC 792, RFC 4443). */
public final class IcmpAnswer {

    private static final int MOST_4 = 576;
    private static final int MOST_6 = 1280;
    private static final int ICMP_HEADER = 8;

    private IcmpAnswer() {
    }

    /** Whether errors about the packet may be sent at all (RFC 1122, section 3.2.2; RFC 4443, section 2.4 e). */
    public static boolean allowed(Packet packet) {
        boolean echoOrNone = packet.icmpKind == null || packet.icmpKind == IcmpKind.ECHO || packet.icmpKind == IcmpKind.ECHO_REPLY;
        boolean unicast = packet.v6 ? packet.destinationHigh >>> 56 != 0xff && (packet.sourceHigh | packet.sourceLow) != 0
                : packet.destinationLow >>> 28 < 0xe && packet.sourceLow != 0;
        return echoOrNone && unicast && !packet.laterFragment();
    }

    /**
     * A frame back to the packet's sender.
     *
     * @param start where the packet's frame begins
     * @param rest the second word of the message
     * @param sourceHigh who answers; 0 for IPv4
     */
    public static byte[] to(Packet packet, int start, int type, int code, int rest, long sourceHigh, long sourceLow) {
        int link = packet.ip - start;
        int header = packet.v6 ? 40 : 20;
        int quote = Math.min(Math.min(packet.end, packet.ipEnd) - packet.ip, (packet.v6 ? MOST_6 : MOST_4) - header - ICMP_HEADER);
        int ip = link;
        int at = ip + header;
        byte[] made = new byte[at + ICMP_HEADER + quote];
        System.arraycopy(packet.bytes, start + 6, made, 0, 6);
        System.arraycopy(packet.bytes, start, made, 6, 6);
        System.arraycopy(packet.bytes, start + 12, made, 12, link - 12);
        System.arraycopy(packet.bytes, packet.ip, made, at + ICMP_HEADER, quote);
        made[at] = (byte) type;
        made[at + 1] = (byte) code;
        put32(made, at + 4, rest);
        long sum = Checksums.sum(made, at, made.length);
        if (packet.v6) {
            put32(made, ip, 0x60000000);
            put16(made, ip + 4, made.length - at);
            made[ip + 6] = Protocols.ICMPV6;
            made[ip + 7] = 64;
            Octets.put64(made, ip + 8, sourceHigh);
            Octets.put64(made, ip + 16, sourceLow);
            System.arraycopy(packet.bytes, packet.ip + 8, made, ip + 24, 16);
            sum += Checksums.sum(made, ip + 8, ip + 40) + Protocols.ICMPV6 + made.length - at;
        } else {
            made[ip] = 0x45;
            made[ip + 1] = (byte) (u8(packet.bytes, packet.ip + 1) & 0x1e);
            put16(made, ip + 2, made.length - ip);
            made[ip + 8] = 64;
            made[ip + 9] = Protocols.ICMP;
            put32(made, ip + 12, (int) sourceLow);
            System.arraycopy(packet.bytes, packet.ip + 12, made, ip + 16, 4);
            put16(made, ip + 10, Checksums.finish(Checksums.sum(made, ip, at)));
        }
        put16(made, at + 2, Checksums.finish(sum));
        return made;
    }
}
