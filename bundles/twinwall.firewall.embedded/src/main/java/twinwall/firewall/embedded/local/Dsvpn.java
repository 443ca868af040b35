/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.local;

import static twinwall.firewall.embedded.packet.Octets.u16;
import static twinwall.firewall.embedded.packet.Octets.u8;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

import twinwall.firewall.embedded.packet.Checksums;
import twinwall.firewall.embedded.table.AddressKey;

/**
 * Spokes that have registered at a hub of a dynamic smart VPN: learnt from the hub's answers to NHRP registrations (RFC 2332, section
 * 5.2.4) inside GRE, forgotten when the holding time is over or a purge says so.
 */
final class Dsvpn {

    /** Protocol type of NHRP in GRE. */
    static final int NHRP = 0x2001;
    private static final int FIXED = 20;
    private static final int REGISTRATION_REPLY = 4;
    private static final int PURGE_REQUEST = 5;
    private static final int COMMON = 8;
    private static final int CLIENT = 12;

    private final int most;
    /** From the spoke's address in the VPN to when its registration ends, micros. */
    private final Map<AddressKey, Long> spokes = new LinkedHashMap<>(16, 0.75f, true);
    private long malformed;

    Dsvpn(int most) {
        this.most = most;
    }

    int size(long now) {
        spokes.values().removeIf(end -> now >= end);
        return spokes.size();
    }

    /** NHRP messages that cannot be read or whose checksum is wrong. */
    long malformed() {
        return malformed;
    }

    /** Looks at an NHRP message. */
    void message(byte[] bytes, int at, int end, long now) {
        int length = at + FIXED + COMMON <= end ? u16(bytes, at + 10) : 0;
        if (length < FIXED + COMMON || at + length > end || u8(bytes, at + 16) != 1
                || u16(bytes, at + 12) != 0 && Checksums.finish(Checksums.sum(bytes, at, at + length)) != 0) {
            malformed++;
            return;
        }
        int type = u8(bytes, at + 17);
        if (type != REGISTRATION_REPLY && type != PURGE_REQUEST) {
            return;
        }
        int common = at + FIXED;
        int link = u8(bytes, at + 18) & 0x3f;
        int sublink = u8(bytes, at + 19) & 0x3f;
        int source = common + COMMON + link + sublink;
        int sourceLength = u8(bytes, common);
        int clients = source + sourceLength + u8(bytes, common + 1);
        int extensions = u16(bytes, at + 14);
        int last = extensions == 0 ? at + length : Math.min(at + length, at + extensions);
        if (clients > last || !clients(bytes, clients, last, type, Arrays.copyOfRange(bytes, source, source + sourceLength), now)) {
            malformed++;
        }
    }

    /** Each client entry: the address it is about, or that of the sender when it names none (RFC 2332, section 5.2.0.1). */
    private boolean clients(byte[] bytes, int from, int last, int type, byte[] sender, long now) {
        int at = from;
        while (at + CLIENT <= last) {
            int address = at + CLIENT + (u8(bytes, at + 8) & 0x3f) + (u8(bytes, at + 9) & 0x3f);
            int length = u8(bytes, at + 10);
            if (address + length > last) {
                return false;
            }
            byte[] spoke = length == 0 ? sender : Arrays.copyOfRange(bytes, address, address + length);
            if (spoke.length != 4 && spoke.length != 16) {
                return false;
            }
            boolean accepted = type == REGISTRATION_REPLY && u8(bytes, at) == 0;
            registered(AddressKey.of(spoke, spoke.length), accepted ? u16(bytes, at + 6) : 0, accepted || type == PURGE_REQUEST, now);
            at = address + length;
        }
        return at == last;
    }

    private void registered(AddressKey spoke, int holdingSeconds, boolean counts, long now) {
        if (!counts) {
            return;
        }
        if (holdingSeconds == 0) {
            spokes.remove(spoke);
            return;
        }
        if (!spokes.containsKey(spoke) && spokes.size() >= most && size(now) >= most) {
            spokes.remove(spokes.keySet().iterator().next());
        }
        spokes.put(spoke, now + holdingSeconds * 1_000_000L);
    }
}
