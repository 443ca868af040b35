/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.ipsec;

import java.net.InetAddress;
import java.util.List;

import twinwall.firewall.AddressPrefix;
import twinwall.firewall.EntryRefusedException;
import twinwall.firewall.IpsecTunnel;
import twinwall.firewall.IpsecTunnel.Direction;
import twinwall.firewall.embedded.lists.Prefix;
import twinwall.firewall.embedded.table.AddressKey;

/** What this firewall's configuration says about associations, its own and the peer's. */
final class TunnelChecks {

    /** The one algorithm: AES-GCM with a 16-octet ICV. */
    static final String ALGORITHM = "aes-gcm-16";
    /** IP protocol number of ESP. */
    static final int ESP = 50;
    private static final int MOST_PREFIXES = 16;

    private final List<Prefix> own;
    private final List<Prefix> peers;

    TunnelChecks(IpsecSettings settings) {
        own = Prefix.list(settings.addresses());
        peers = Prefix.list(settings.peers());
    }

    /** Own addresses that tunnels may end at. */
    List<Prefix> own() {
        return own;
    }

    /**
     * Looks at an entry.
     *
     * @throws EntryRefusedException when it cannot be used here; the message says why, without the secret
     */
    void check(IpsecTunnel entry) {
        boolean inbound = entry.direction() == Direction.INBOUND;
        InetAddress here = inbound ? entry.destination() : entry.source();
        InetAddress there = inbound ? entry.source() : entry.destination();
        require(entry.vsys() == 0 && entry.protocol() == ESP, "bad-entry", "only ESP in virtual system 0 is known");
        require(entry.spi() >= 256 && entry.spi() <= 0xffffffffL, "bad-spi", "an SPI must be 256 to 4294967295, unlike " + entry.spi());
        require(entry.tunnel().matches("[A-Za-z0-9._-]{1,64}"), "bad-name", "a tunnel's name is 1 to 64 of A-Z a-z 0-9 . _ -");
        require(entry.algorithm().equals(ALGORITHM), "unknown-algorithm", "the algorithm must be " + ALGORITHM);
        require(EspCipher.fits(entry.secret().length), "bad-key",
                "a key must be 20, 28 or 36 octets: AES key and 4 octets of salt, unlike " + entry.secret().length);
        require(holds(own, here), "unknown-local-address", here.getHostAddress() + " is not among ipsec_addresses");
        require(here.getAddress().length == there.getAddress().length, "bad-entry", "both ends must be IPv4 or both IPv6");
        require(peers.isEmpty() || holds(peers, there), "unknown-peer", there.getHostAddress() + " is not among ipsec_peers");
        selectors(entry.local());
        selectors(entry.remote());
        require(!inbound || entry.window() >= 64 && entry.window() <= 4096, "bad-window", "a replay window must be 64 to 4096");
        long most = entry.extendedNumbers() ? OutboundNumbers.MOST_EXTENDED : OutboundNumbers.MOST;
        require(entry.number() >= 0 && (inbound || entry.number() <= most), "bad-number", "the sequence number is out of range");
        require(entry.lifetimeSeconds() >= 0 && entry.lifetimePackets() >= 0 && entry.lifetimeOctets() >= 0
                && entry.remainingSeconds() >= 0 && entry.packets() >= 0 && entry.octets() >= 0, "bad-entry",
                "lifetimes and counts must not be negative");
    }

    private static void selectors(List<AddressPrefix> prefixes) {
        require(!prefixes.isEmpty() && prefixes.size() <= MOST_PREFIXES, "bad-selectors",
                "a tunnel has 1 to " + MOST_PREFIXES + " prefixes on each side");
        for (AddressPrefix prefix : prefixes) {
            require(prefix.length() <= prefix.address().getAddress().length * 8, "bad-selectors", prefix + " is longer than an address");
        }
    }

    private static boolean holds(List<Prefix> prefixes, InetAddress address) {
        AddressKey key = AddressKey.of(address.getAddress(), 0);
        return Association.holds(prefixes, address.getAddress().length == 16, key.high(), key.low());
    }

    private static void require(boolean right, String reason, String message) {
        if (!right) {
            throw new EntryRefusedException(reason, message);
        }
    }
}
