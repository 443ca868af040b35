/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.ipsec;

import static twinwall.firewall.embedded.packet.Octets.i32;
import static twinwall.firewall.embedded.packet.Octets.i64;
import static twinwall.firewall.embedded.packet.Octets.u16;
import static twinwall.firewall.embedded.packet.Octets.u8;

import twinwall.firewall.embedded.DropReason;
import twinwall.firewall.embedded.Frame;
import twinwall.firewall.embedded.packet.Packet;

/**
 * Opens ESP packets in tunnel mode in the order of RFC 4303, section 3.4: association, replay, ICV, window, trailer; then the selectors
 * (RFC 4301, section 5.2, step 4) and ECN (RFC 6040, section 4.2). An ICMP error in the tunnel must match the selectors by its own
 * addresses.
 */
final class Opener {

    private static final int SHORTEST = 8 + EspCipher.IV + 4 + EspCipher.ICV;
    private static final int NOTHING = 59;
    private static final int CONGESTION = 3;

    private final TunnelTable table;
    private long now;

    Opener(TunnelTable table) {
        this.table = table;
    }

    /**
     * Opens a packet; afterwards the frame holds the inner one.
     *
     * @return {@code null} when it was opened; otherwise why not, and the frame is as it was
     */
    DropReason open(Packet packet, Frame frame, long nowMicros) {
        now = nowMicros;
        int esp = packet.transport;
        if (packet.fragment) {
            return DropReason.IPSEC_FRAGMENT;
        }
        if (packet.ipEnd > packet.end) {
            return DropReason.TRUNCATED;
        }
        int sealed = packet.ipEnd - esp - 8 - EspCipher.IV;
        if (packet.ipEnd - esp < SHORTEST || (sealed - EspCipher.ICV & 3) != 0) {
            return DropReason.IPSEC_MALFORMED;
        }
        Association with = table.opening(packet.v6, packet.destinationHigh, packet.destinationLow, i32(packet.bytes, esp));
        if (with == null) {
            return DropReason.IPSEC_UNKNOWN_SPI;
        }
        DropReason refused = table.use(with);
        return refused != null ? refused : open(with, packet, frame, sealed);
    }

    private DropReason open(Association with, Packet packet, Frame frame, int sealed) {
        byte[] bytes = packet.bytes;
        int esp = packet.transport;
        long number = with.inbound.whole(i32(bytes, esp + 4), with.entry.extendedNumbers());
        if (!with.inbound.fresh(number)) {
            return DropReason.IPSEC_REPLAY;
        }
        int link = packet.ip - frame.offset;
        byte[] out = new byte[link + sealed - EspCipher.ICV];
        if (!with.cipher.open(number, i64(bytes, esp + 8), bytes, esp + 8 + EspCipher.IV, sealed, out, link)) {
            return DropReason.IPSEC_AUTHENTICATION;
        }
        if (with.inbound.promiseDue(number)) {
            with.inbound.promise(number, now);
            table.report(with);
        }
        with.inbound.accept(number);
        int length = inner(out, link);
        with.count(Math.max(0, length));
        if (length == 0) {
            return DropReason.IPSEC_DUMMY;
        }
        if (length < 0) {
            return DropReason.IPSEC_MALFORMED;
        }
        return deliver(with, packet, frame, out, link, length);
    }

    /** Octets of the inner packet; 0 for a dummy packet (RFC 4303, section 2.6), -1 when trailer or inner header are wrong. */
    private static int inner(byte[] out, int link) {
        int padding = u8(out, out.length - 2);
        int next = u8(out, out.length - 1);
        int end = out.length - 2 - padding;
        if (end < link) {
            return -1;
        }
        for (int i = 0; i < padding; i++) {
            if (out[end + i] != (byte) (i + 1)) {
                return -1;
            }
        }
        int header = switch (next) {
            case 4 -> Layers.IPV4_HEADER;
            case 41 -> Layers.IPV6_HEADER;
            default -> 0;
        };
        if (header == 0 || end - link < header || u8(out, link) >>> 4 != (next == 4 ? 4 : 6)) {
            return next == NOTHING ? 0 : -1;
        }
        // What follows the inner packet hides its length (RFC 4303, section 2.7).
        int length = next == 4 ? u16(out, link + 2) : header + u16(out, link + 4);
        return length >= header && length <= end - link ? length : -1;
    }

    private DropReason deliver(Association with, Packet packet, Frame frame, byte[] out, int link, int length) {
        boolean v6 = Layers.isV6(out, link);
        if (!with.selects(v6, out, link + (v6 ? 24 : 16), link + (v6 ? 8 : 12))) {
            return DropReason.IPSEC_SELECTORS;
        }
        if (Layers.hops(out, link) <= 1) {
            return DropReason.HOPS_EXHAUSTED;
        }
        int ecn = Layers.trafficClass(packet.bytes, packet.ip) & 3;
        int innerEcn = Layers.trafficClass(out, link) & 3;
        if (ecn == CONGESTION && innerEcn == 0) {
            return DropReason.IPSEC_CONGESTION;
        }
        if (innerEcn != 0 && innerEcn != CONGESTION && (ecn == CONGESTION || ecn == 1)) {
            Layers.ecn(out, link, ecn);
        }
        Layers.hop(out, link);
        System.arraycopy(packet.bytes, frame.offset, out, 0, link);
        Layers.type(out, link, v6);
        frame.set(out, 0, link + length);
        return null;
    }
}
