/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.dslite;

import static twinwall.firewall.embedded.packet.Octets.put16;
import static twinwall.firewall.embedded.packet.Octets.u16;

import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

import twinwall.firewall.embedded.packet.Packet;
import twinwall.firewall.embedded.table.AddressKey;

/**
 * Puts fragmented tunnel packets together before they are opened (RFC 6333, section 5.3; RFC 8200, section 4.5). Strangers may send
 * fragments, so packets, their octets and their time are bounded, and the oldest are given up first. Used under the firewall's lock only.
 */
final class Reassembly {

    private static final long SECOND = 1_000_000;
    private static final int HEADER = 40;
    private static final int FRAGMENT_HEADER = 8;

    private final int mostDatagrams;
    private final int mostOctets;
    private final long timeoutMicros;
    private final Map<AddressKey, Datagram> datagrams = new LinkedHashMap<>();
    private int octets;

    Reassembly(int mostDatagrams, int mostOctets, int timeoutSeconds) {
        this.mostDatagrams = mostDatagrams;
        this.mostOctets = mostOctets;
        this.timeoutMicros = timeoutSeconds * SECOND;
    }

    /**
     * Takes a fragment.
     *
     * @param fragment of protocol 4, all captured, the same destination always
     * @param start where its frame begins
     * @return a frame with the whole packet, without extension headers, when this was the fragment that was missing; else {@code null}
     */
    byte[] add(Packet fragment, int start, long now) {
        expire(now);
        int from = fragment.transport;
        int field = u16(fragment.bytes, from - FRAGMENT_HEADER + 2);
        boolean directlyInside = (field & 0xfff8) == fragment.fragmentOffset && (field & 1) != 0 == fragment.moreFragments;
        if (!directlyInside || fragment.end < fragment.ipEnd) {
            return null;
        }
        AddressKey key = new AddressKey(fragment.sourceHigh, fragment.sourceLow, fragment.fragmentId & 0xffffffffL);
        Datagram datagram = datagrams.get(key);
        if (datagram == null) {
            if (datagrams.size() >= mostDatagrams) {
                giveUpOldest();
            }
            datagram = new Datagram(now);
            datagrams.put(key, datagram);
        }
        int before = datagram.octets();
        datagram.add(fragment.fragmentOffset, Arrays.copyOfRange(fragment.bytes, from, fragment.ipEnd), fragment.moreFragments);
        octets += datagram.octets() - before;
        if (!datagram.complete()) {
            while (octets > mostOctets) {
                giveUpOldest();
            }
            return null;
        }
        datagrams.remove(key);
        octets -= datagram.octets();
        return whole(datagram, fragment, start);
    }

    private static byte[] whole(Datagram datagram, Packet last, int start) {
        int link = last.ip - start;
        byte[] whole = new byte[link + HEADER + datagram.octets()];
        System.arraycopy(last.bytes, start, whole, 0, link + HEADER);
        put16(whole, link + 4, datagram.octets());
        whole[link + 6] = Encapsulation.IPV4;
        datagram.write(whole, link + HEADER);
        return whole;
    }

    /** How many packets are not complete. */
    int size() {
        return datagrams.size();
    }

    /** How many octets are kept of them. */
    int octets() {
        return octets;
    }

    private void expire(long now) {
        Iterator<Datagram> oldest = datagrams.values().iterator();
        while (oldest.hasNext()) {
            Datagram datagram = oldest.next();
            if (now - datagram.since < timeoutMicros) {
                return;
            }
            octets -= datagram.octets();
            oldest.remove();
        }
    }

    private void giveUpOldest() {
        Iterator<Datagram> oldest = datagrams.values().iterator();
        octets -= oldest.next().octets();
        oldest.remove();
    }
}
