/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.bridge;

import twinwall.firewall.embedded.Frame;
import twinwall.firewall.embedded.packet.Octets;

/** What a switch reads of a frame. Addresses are 48 bits, the first octet in the highest. */
final class Ethernet {

    static final int HEADER = 14;
    /** VLAN identifier that no frame may have (IEEE 802.1Q, table 9-2). */
    static final int RESERVED_VLAN = 4095;
    /** Not forwarded by bridges: 01-80-C2-00-00-00 to -0F (IEEE 802.1Q, table 8-1). */
    private static final long RESERVED_GROUP = 0x0180c2000000L;

    private Ethernet() {
    }

    static long destination(Frame frame) {
        return Octets.i64(frame.bytes, frame.offset) >>> 16;
    }

    static long source(Frame frame) {
        return Octets.i64(frame.bytes, frame.offset + 6) >>> 16;
    }

    /** VLAN of the outermost tag; 0 without one, or when the tag has a priority only; -1 when the frame ends in the tag. */
    static int vlan(Frame frame) {
        int type = Octets.u16(frame.bytes, frame.offset + 12);
        if (type != 0x8100 && type != 0x88a8 && type != 0x9100) {
            return 0;
        }
        return frame.length < HEADER + 4 ? -1 : Octets.u16(frame.bytes, frame.offset + HEADER) & 0xfff;
    }

    static boolean isGroup(long address) {
        return (address >>> 40 & 1) != 0;
    }

    static boolean isReservedGroup(long address) {
        return (address & ~0xfL) == RESERVED_GROUP;
    }
}
