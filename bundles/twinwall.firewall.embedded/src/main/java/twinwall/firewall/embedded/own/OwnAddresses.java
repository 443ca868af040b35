/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.own;

import java.util.Arrays;
import java.util.List;

import twinwall.firewall.embedded.DropReason;
import twinwall.firewall.embedded.Frame;
import twinwall.firewall.embedded.lists.Prefix;
import twinwall.firewall.embedded.packet.Checksums;
import twinwall.firewall.embedded.packet.IcmpKind;
import twinwall.firewall.embedded.packet.Packet;

/** Answers ICMP echo requests to the firewall's own IPv4 addresses (RFC 1122, section 3.2.2.6). Used under the firewall's lock only. */
public final class OwnAddresses {

    private static final int MAC = 6;
    private static final int TIME_TO_LIVE = 64;

    private final List<Prefix> addresses;

    /** {@code list} is what {@link Prefix#list4} reads. */
    public OwnAddresses(String list) {
        addresses = Prefix.list4(list);
    }

    /** Whether the packet is an echo request to one of them. Fragments are not put together: they are not answered. */
    public boolean isFor(Packet packet) {
        if (addresses.isEmpty() || packet.v6 || packet.icmpKind != IcmpKind.ECHO || packet.fragment || packet.softwire != null) {
            return false;
        }
        for (Prefix each : addresses) {
            if (each.contains(false, 0, packet.destinationLow)) {
                return true;
            }
        }
        return false;
    }

    /** Puts the answer in the frame; {@code null} when it is to leave by where the packet came in. */
    public DropReason answer(Packet packet, Frame frame) {
        if (packet.ipEnd > packet.end) {
            return DropReason.TRUNCATED;
        }
        if (!Checksums.transportRight(packet)) {
            return DropReason.TRANSPORT_CHECKSUM;
        }
        byte[] made = Arrays.copyOfRange(packet.bytes, frame.offset, frame.offset + frame.length);
        int ip = packet.ip - frame.offset;
        int icmp = packet.transport - frame.offset;
        swap(made, 0, MAC);
        swap(made, ip + 12, 4);
        made[ip + 8] = TIME_TO_LIVE;
        sum(made, ip + 10, ip, icmp);
        made[icmp] = 0;
        sum(made, icmp + 2, icmp, packet.ipEnd - frame.offset);
        frame.set(made);
        return null;
    }

    private static void swap(byte[] bytes, int at, int length) {
        for (int i = at; i < at + length; i++) {
            byte first = bytes[i];
            bytes[i] = bytes[i + length];
            bytes[i + length] = first;
        }
    }

    private static void sum(byte[] bytes, int at, int from, int to) {
        bytes[at] = 0;
        bytes[at + 1] = 0;
        int checksum = Checksums.finish(Checksums.sum(bytes, from, to));
        bytes[at] = (byte) (checksum >>> 8);
        bytes[at + 1] = (byte) checksum;
    }
}
