/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.nat64;

import twinwall.firewall.embedded.lists.Prefix;

/**
 * An IPv6 prefix under which IPv4 addresses appear to IPv6 clients (RFC 6052, section 2.2). Octet 8 of such an address, {@code u}, is zero
 * and is passed over by the embedded address.
 *
 * @param high the first eight octets
 * @param low the last eight octets
 * @param length 32, 40, 48, 56, 64 or 96
 */
public record Nat64Prefix(long high, long low, int length) {

    /** The well-known prefix (RFC 6052, section 2.1). */
    public static final String WELL_KNOWN = "64:ff9b::/96";

    private static final long WELL_KNOWN_HIGH = 0x0064ff9b00000000L;
    private static final long U = 0xffL << 56;

    /**
     * Reads {@code 2001:db8:64::/96}.
     *
     * @throws IllegalArgumentException when it is none; the message says what it must be
     */
    public static Nat64Prefix parse(String text) {
        Prefix prefix = Prefix.parse(text.trim());
        boolean right = switch (prefix.length()) {
            case 32 -> prefix.low() == 0 && prefix.high() << 32 == 0;
            case 40, 48, 56 -> prefix.low() == 0 && prefix.high() << prefix.length() == 0;
            case 64 -> prefix.low() == 0;
            case 96 -> prefix.low() << 32 == 0 && (prefix.low() & U) == 0;
            default -> false;
        };
        if (!prefix.v6() || !right) {
            throw new IllegalArgumentException("an IPv6 prefix of length 32, 40, 48, 56, 64 or 96, zero behind it and in octet 8, such as "
                    + WELL_KNOWN + ", unlike " + text.trim());
        }
        return new Nat64Prefix(prefix.high(), prefix.low(), prefix.length());
    }

    /** Whether the address begins with the prefix. */
    public boolean contains(long addressHigh, long addressLow) {
        return length == 96 ? addressHigh == high && (addressLow ^ low) >>> 32 == 0 : (addressHigh ^ high) >>> 64 - length == 0;
    }

    /** Whether an address under the prefix may be translated: octet 8 is zero, and {@link #mayRepresent} what it embeds. */
    public boolean translatable(long addressHigh, long addressLow) {
        return (addressLow & U) == 0 && mayRepresent(extract(addressHigh, addressLow));
    }

    /** Whether the IPv4 address may appear under this prefix; under the well-known one only a global one may (RFC 6052, section 3.1). */
    public boolean mayRepresent(int address) {
        return high != WELL_KNOWN_HIGH || low != 0 || length != 96 || SpecialAddresses.isGlobal(address);
    }

    /** The IPv4 address in an address under the prefix. What follows it is ignored. */
    public int extract(long addressHigh, long addressLow) {
        if (length == 96) {
            return (int) addressLow;
        }
        int inHigh = 64 - length;
        int inLow = 32 - inHigh;
        long first = inHigh == 0 ? 0 : addressHigh << inLow & 0xffffffffL;
        return (int) (first | (inLow == 0 ? 0 : addressLow << 8 >>> 64 - inLow));
    }

    /** The first eight octets of the address that the IPv4 address appears under. */
    public long embeddedHigh(int address) {
        return length >= 64 ? high : high | (address & 0xffffffffL) >>> length - 32;
    }

    /** The last eight octets of that address. */
    public long embeddedLow(int address) {
        if (length == 96) {
            return low | address & 0xffffffffL;
        }
        int inLow = length - 32;
        return inLow == 0 ? 0 : (address & 0xffffffffL) << 64 - inLow >>> 8;
    }
}
