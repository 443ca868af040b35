/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall;

import java.net.InetAddress;
import java.util.List;

import twinwall.record.Fixed;
import twinwall.record.Key;
import twinwall.record.Secret;
import twinwall.record.Soft;

/**
 * An entry of the table {@code ipsec-tunnel}: one security association (RFC 4301, section 4.1). A tunnel has two, one for each direction,
 * that share its name. The key is what finds one in a packet: destination, protocol, SPI.
 * <p>
 * {@code number} is a promise of the firewall that uses the association, made before it does what it promises: outbound, that no packet
 * was sealed with a higher sequence number; inbound, that no packet with a higher one was accepted, or only while the next promise was on
 * its way. So a firewall that takes over seals beyond it and refuses up to it. It is part of the value, not a soft fact, so that both
 * firewalls are seen to differ when the latest one has not arrived.
 *
 * @param vsys virtual system
 * @param destination where its ESP packets go
 * @param protocol IP protocol number, 50 for ESP
 * @param spi security parameters index, 256 to 2^32 - 1
 * @param direction whether this firewall seals or opens with it
 * @param tunnel name of the tunnel
 * @param source where its ESP packets come from
 * @param local prefixes of this firewall's side, at most 16
 * @param remote prefixes of the other side, at most 16
 * @param algorithm {@code aes-gcm-16}: AES-GCM with a 16-octet ICV (RFC 4106)
 * @param secret AES key of 16, 24 or 32 octets and 4 octets of salt
 * @param extendedNumbers 64-bit sequence numbers (RFC 4303, section 2.2.1)
 * @param window inbound: sequence numbers behind the highest that are still accepted; 0 outbound
 * @param createdSeconds when it was installed, seconds since 1970
 * @param lifetimeSeconds how long it may be used from then on; 0 without end
 * @param lifetimePackets how many packets it may protect; 0 without end
 * @param lifetimeOctets how many octets of inner packets it may protect; 0 without end
 * @param sender outbound: the high 16 bits of the initialization vectors, drawn anew by each firewall that takes over; 0 inbound
 * @param number outbound: the highest sequence number that may have been used; inbound: the highest that may have been accepted
 * @param remainingSeconds until the end of {@code lifetimeSeconds}; 0 when there is none
 * @param packets protected so far
 * @param octets of inner packets protected so far
 */
public record IpsecTunnel(@Key int vsys, @Key InetAddress destination, @Key @Fixed(1) int protocol, @Key @Fixed(4) long spi,
        Direction direction, String tunnel, InetAddress source, List<AddressPrefix> local, List<AddressPrefix> remote,
        String algorithm, @Secret byte[] secret, boolean extendedNumbers, int window, @Fixed(4) long createdSeconds,
        int lifetimeSeconds, long lifetimePackets, long lifetimeOctets, @Fixed(2) int sender, long number,
        @Soft int remainingSeconds, @Soft long packets, @Soft long octets) {

    /** What the firewall does with a security association. */
    public enum Direction {
        /** It opens packets that come in. */
        INBOUND,
        /** It seals packets that go out. */
        OUTBOUND
    }

    /** The same association with another promise and other counts. */
    public IpsecTunnel with(int newSender, long newNumber, int newRemainingSeconds, long newPackets, long newOctets) {
        return new IpsecTunnel(vsys, destination, protocol, spi, direction, tunnel, source, local, remote, algorithm, secret,
                extendedNumbers, window, createdSeconds, lifetimeSeconds, lifetimePackets, lifetimeOctets, newSender, newNumber,
                newRemainingSeconds, newPackets, newOctets);
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return tunnel + " " + direction + " " + destination.getHostAddress() + " spi 0x" + Long.toHexString(spi) + " up to " + number;
    }
}
