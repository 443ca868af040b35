/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded;

import java.util.ArrayList;
import java.util.List;

/**
 * An Ethernet II frame on its way through the firewall: the caller puts it in, {@link EmbeddedFirewall#process} leaves in it what comes
 * out. A packet that keeps its length is rewritten in the caller's array; one that does not, because it enters or leaves a tunnel, crosses
 * from IPv6 to IPv4, or is answered by the firewall, comes out in an array of its own. One object may serve all packets of a thread.
 */
public final class Frame {

    /** Holds the frame at {@link #offset}. */
    public byte[] bytes;
    /** Where the frame begins. */
    public int offset;
    /** Octets of the frame. */
    public int length;

    private List<byte[]> more = List.of();

    /** A frame that fills the array. */
    public Frame(byte[] bytes) {
        set(bytes, 0, bytes.length);
    }

    /** A frame in a part of an array. */
    public Frame(byte[] bytes, int offset, int length) {
        set(bytes, offset, length);
    }

    /** Puts another frame in. */
    public void set(byte[] from, int at, int octets) {
        bytes = from;
        offset = at;
        length = octets;
        more = List.of();
    }

    /** Puts another frame in that fills its array. */
    public void set(byte[] whole) {
        set(whole, 0, whole.length);
    }

    /** Another frame that leaves by the same interface, after this one and those added before: the rest of a packet that was too large. */
    public void add(byte[] another) {
        if (more.isEmpty()) {
            more = new ArrayList<>();
        }
        more.add(another);
    }

    /** Frames that leave by the same interface after this one; nearly always none. */
    public List<byte[]> more() {
        return more;
    }
}
