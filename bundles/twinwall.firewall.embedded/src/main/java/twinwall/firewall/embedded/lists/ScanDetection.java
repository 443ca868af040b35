/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.lists;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.OptionalInt;

import twinwall.firewall.BlacklistEntry.Direction;
import twinwall.firewall.BlacklistEntry.Origin;
import twinwall.firewall.embedded.DropReason;
import twinwall.firewall.embedded.FirewallSettings;
import twinwall.firewall.embedded.packet.Packet;
import twinwall.firewall.embedded.packet.Protocols;
import twinwall.firewall.embedded.session.FirewallTime;

/**
 * Finds sources that try many ports, and puts them on the blacklist for a time. What counts is a packet that would begin a session and that
 * no rule allows, and a TCP segment with flags that nobody but a scanner sends (RFC 9293 knows no segment without SYN, RST and ACK).
 * <p>
 * Not every refusal is a scan. Answers of sessions that this firewall does not know are refused too, many at once after a takeover; of TCP
 * they carry ACK or RST and never count, of other protocols they cannot be told from a scan, so these do not count until one window after
 * the takeover. Whoever forges the address of somebody else can have that one blocked: the whitelist protects those who matter, and the
 * entries that detection makes fill no more than half of the blacklist.
 */
final class ScanDetection {

    private static final long SECOND = 1_000_000;

    private final FirewallTime time;
    private final BlacklistTable blacklist;
    private final ScanSources sources;
    private final int ports;
    private final long windowMicros;
    private final int blockSeconds;
    private final int mostEntries;

    ScanDetection(FirewallSettings settings, FirewallTime time, BlacklistTable blacklist) {
        this.time = time;
        this.blacklist = blacklist;
        ports = settings.lists().scanPorts();
        windowMicros = settings.lists().scanWindowSeconds() * SECOND;
        blockSeconds = settings.lists().scanBlockSeconds();
        mostEntries = Math.max(1, settings.maxBlacklistEntries() / 2);
        sources = new ScanSources(ports + 1, windowMicros);
    }

    /** Whether the refusal of the packet may be part of a scan. */
    boolean counts(Packet packet, DropReason reason) {
        if (packet.laterFragment() || packet.softwire != null) {
            return false;
        }
        return switch (packet.protocol) {
            case Protocols.TCP -> reason == DropReason.DENIED || reason == DropReason.TCP_FLAGS && !packet.has(Packet.ACK | Packet.RST);
            case Protocols.UDP, Protocols.SCTP -> reason == DropReason.DENIED && time.now() - time.activated() > windowMicros;
            default -> false;
        };
    }

    /** Counts the packet, and blocks its source when that was one port too many. */
    void refused(Packet packet) {
        if (sources.tried(packet.v6, packet.sourceHigh, packet.sourceLow, packet.destinationPort(), time.now()) > ports
                && blacklist.dynamicEntries() < mostEntries && blacklist.hasRoom()) {
            sources.forget(packet.v6, packet.sourceHigh, packet.sourceLow);
            blacklist.add(Direction.SOURCE, source(packet), 0, 0, Origin.DYNAMIC, "tried more than " + ports + " ports",
                    OptionalInt.of(blockSeconds));
        }
    }

    private static InetAddress source(Packet packet) {
        ByteBuffer octets = packet.v6 ? ByteBuffer.allocate(16).putLong(packet.sourceHigh).putLong(packet.sourceLow)
                : ByteBuffer.allocate(4).putInt((int) packet.sourceLow);
        try {
            return InetAddress.getByAddress(octets.array());
        } catch (UnknownHostException e) {
            throw new IllegalStateException("4 or 16 octets are an address", e);
        }
    }
}
