/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.capture;

import java.util.Arrays;

/**
 * Link types that can be read, and how their packets become Ethernet frames: what is not Ethernet gets a made-up Ethernet header.
 * Numbers are those of the tcpdump project's list of link-layer header types.
 */
enum LinkType {

    NULL(4, 0), ETHERNET(0, 1), RAW(0, 101, 12, 14), LOOP(4, 108), SLL(16, 113), IPV4(0, 228), IPV6(0, 229), SLL2(20, 276);

    /** A frame is cut here, as a snap length would: longer than any IP packet, short enough for every buffer on the way. */
    static final int LONGEST_FRAME = 128 * 1024;

    private static final int ETHERNET_HEADER = 14;
    private static final int TYPE_IPV4 = 0x0800;
    private static final int TYPE_IPV6 = 0x86dd;
    /** IEEE's local experimental ethertype: nothing that a firewall forwards. */
    private static final int TYPE_NOT_IP = 0x88b5;

    private final int header;
    private final int[] numbers;

    LinkType(int header, int... numbers) {
        this.header = header;
        this.numbers = numbers;
    }

    /** The type with this number, or null when it cannot be read. */
    static LinkType of(int number) {
        return Arrays.stream(values()).filter(type -> Arrays.stream(type.numbers).anyMatch(n -> n == number)).findFirst().orElse(null);
    }

    /** What the reader can read, for messages. */
    static String supported() {
        return "Ethernet (1), raw IP (101, 228, 229), Linux cooked (113, 276), loopback (0, 108)";
    }

    /** Makes an Ethernet frame of captured bytes. */
    byte[] toEthernet(byte[] data, int offset, int length) {
        int kept = Math.min(length, LONGEST_FRAME);
        if (this == ETHERNET) {
            return Arrays.copyOfRange(data, offset, offset + kept);
        }
        boolean whole = kept >= header;
        int type = whole ? etherType(data, offset, kept) : TYPE_NOT_IP;
        int skipped = whole ? header : 0;
        byte[] frame = new byte[ETHERNET_HEADER + kept - skipped];
        System.arraycopy(data, offset + skipped, frame, ETHERNET_HEADER, kept - skipped);
        // Locally administered addresses: nobody's.
        frame[0] = 2;
        frame[5] = 1;
        frame[6] = 2;
        frame[11] = 2;
        frame[12] = (byte) (type >> 8);
        frame[13] = (byte) type;
        return frame;
    }

    private int etherType(byte[] data, int at, int length) {
        return switch (this) {
            case SLL -> u16(data, at + 14);
            case SLL2 -> u16(data, at);
            case IPV4 -> TYPE_IPV4;
            case IPV6 -> TYPE_IPV6;
            case NULL, LOOP -> ofFamily(data, at);
            default -> length == 0 ? TYPE_NOT_IP : ofVersion(data[at] >> 4 & 0xf);
        };
    }

    private static int ofVersion(int version) {
        return switch (version) {
            case 4 -> TYPE_IPV4;
            case 6 -> TYPE_IPV6;
            default -> TYPE_NOT_IP;
        };
    }

    /** The address family is in the byte order of whoever captured (NULL), so it is looked for at both ends; systems number IPv6 apart. */
    private static int ofFamily(byte[] data, int at) {
        int family = data[at] != 0 ? data[at] & 0xff : data[at + 3] & 0xff;
        return switch (family) {
            case 2 -> TYPE_IPV4;
            case 10, 23, 24, 28, 30 -> TYPE_IPV6;
            default -> TYPE_NOT_IP;
        };
    }

    private static int u16(byte[] data, int at) {
        return (data[at] & 0xff) << 8 | data[at + 1] & 0xff;
    }
}
